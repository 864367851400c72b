//! Varshney, Chen, Paniagua, Hall, Chklovskii (2011), Structural properties of the *Caenorhabditis
//! elegans* neuronal network, PLoS Comput. Biol. 7, e1001066: how many neurons and contacts, and how far
//! apart they are; Watts, Strogatz (1998), Collective dynamics of small-world networks, Nature 393,
//! 440–442, for the same graph as it was known then.

use cajal::data::connectome::Connectome;
use cajal::describe::Declared;
use cajal::experiment::circuits::{self, CElegans};
use std::collections::{BTreeSet, VecDeque};

/// For each neuron those that it reaches in one step.
type Graph = Vec<BTreeSet<usize>>;

fn graph(worm: &Connectome, kinds: [bool; 2], both_ways: bool) -> Graph {
    let mut graph = vec![BTreeSet::new(); worm.names.len()];
    let [chemical, gaps] = kinds;
    let mut join = |pre: u16, post: u16, back: bool| {
        if pre != post {
            graph[usize::from(pre)].insert(usize::from(post));
            if back {
                graph[usize::from(post)].insert(usize::from(pre));
            }
        }
    };
    if chemical {
        worm.chemical.iter().for_each(|link| join(link.pre, link.post, both_ways));
    }
    if gaps {
        worm.gaps.iter().for_each(|link| join(link.pre, link.post, true));
    }
    graph
}

/// Steps to every neuron that can be reached.
fn steps(graph: &Graph, from: usize) -> Vec<Option<usize>> {
    let mut steps = vec![None; graph.len()];
    steps[from] = Some(0);
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        for &next in &graph[at] {
            if steps[next].is_none() {
                steps[next] = steps[at].map(|steps| steps + 1);
                queue.push_back(next);
            }
        }
    }
    steps
}

/// The largest set of neurons that all reach each other.
fn giant(graph: &Graph) -> Vec<usize> {
    let mut back = vec![BTreeSet::new(); graph.len()];
    for (pre, posts) in graph.iter().enumerate() {
        posts.iter().for_each(|&post| _ = back[post].insert(pre));
    }
    let around = |from: usize| {
        let (there, here) = (steps(graph, from), steps(&back, from));
        (0..graph.len()).filter(|&at| there[at].is_some() && here[at].is_some()).collect::<Vec<_>>()
    };
    (0..graph.len()).map(around).max_by_key(Vec::len).expect("neurons")
}

fn path_length(graph: &Graph, within: &[usize]) -> f64 {
    let sum: usize = within
        .iter()
        .map(|&from| {
            let steps = steps(graph, from);
            within.iter().map(|&to| steps[to].expect("a way")).sum::<usize>()
        })
        .sum();
    sum as f64 / (within.len() * (within.len() - 1)) as f64
}

/// Part of the pairs of neighbours that are neighbours of each other, mean over neurons.
fn clustering(graph: &Graph, within: &[usize]) -> f64 {
    let of = |&neuron: &usize| {
        let own = &graph[neuron];
        let joined = own.iter().map(|&other| graph[other].intersection(own).count()).sum::<usize>();
        joined as f64 / (own.len() * (own.len() - 1)).max(1) as f64
    };
    within.iter().map(of).sum::<f64>() / within.len() as f64
}

#[test]
fn the_worm_has_its_neurons_and_contacts() {
    let worm = Connectome::shipped();
    assert_eq!(worm.names.len(), 279);
    let contacts = |links: &[cajal::data::connectome::Link]| {
        links.iter().map(|link| u32::from(link.contacts)).sum::<u32>()
    };
    // The text counts 6,393 chemical synapses; its table adds up to one more.
    assert_eq!((worm.chemical.len(), contacts(&worm.chemical)), (2194, 6394));
    // 514 pairs, and three neurons with a junction to themselves, in the table.
    assert_eq!(worm.gaps.iter().filter(|link| link.pre != link.post).count(), 514);
    assert_eq!(contacts(&worm.gaps), 890);
}

#[test]
fn the_circuit_is_wired_as_the_table_says() {
    let run = circuits::build("c-elegans", &[], 1, 1 << 26).expect("a circuit");
    let [neurons, synapses, junctions] = CElegans::DECLARATION.references else { panic!("three references") };
    let count: u32 = run.network().populations().map(|(_, count)| count).sum();
    super::assert_meets(neurons, f64::from(count));
    super::assert_meets(synapses, run.network().synapses() as f64);
    let worm = Connectome::shipped();
    let sum: u32 = worm.gaps.iter().map(|link| u32::from(link.contacts)).sum();
    super::assert_meets(junctions, f64::from(sum));
}

#[test]
fn neurons_are_as_far_apart_as_published() {
    let worm = Connectome::shipped();
    let near = |ours: f64, published: f64| assert!((ours - published).abs() < 0.006, "{ours}, {published}");
    let gaps = graph(&worm, [false, true], true);
    let joined = giant(&gaps);
    assert_eq!(joined.len(), 248);
    near(path_length(&gaps, &joined), 4.52);
    near(clustering(&gaps, &joined), 0.21);
    let chemical = graph(&worm, [true, false], false);
    let joined = giant(&chemical);
    assert_eq!(joined.len(), 237);
    near(path_length(&chemical, &joined), 3.48);
    let both = graph(&worm, [true, true], false);
    let joined = giant(&both);
    assert_eq!(joined.len(), 274);
    near(path_length(&both, &joined), 2.87);
}

#[test]
fn it_is_a_small_world() {
    let worm = Connectome::shipped();
    let graph = graph(&worm, [true, true], true);
    let all: Vec<usize> = (0..279).collect();
    let (length, clustered) = (path_length(&graph, &all), clustering(&graph, &all));
    let degree = graph.iter().map(BTreeSet::len).sum::<usize>() as f64 / 279.0;
    // Watts and Strogatz found 2.65 and 0.28 with 282 neurons and 14 neighbours in what was known in
    // 1998; this graph has 16, so it is a little shorter and more clustered.
    assert!((length - 2.65).abs() < 0.25 && (clustered - 0.28).abs() < 0.07);
    // Of random graphs: ln n/ln k and k/n.
    assert!(length < 1.25 * 279.0f64.ln() / degree.ln() && clustered > 5.0 * degree / 279.0);
}
