//! The page's one wall: only the worker loads the engine; others may name its types.

use std::fs;

use crate::command::Outcome;
use crate::project::Project;
use crate::stamp::files_below;

/// The file that loads pkg/.
const WORKER: &str = "www/engine/worker.ts";

/// Every place in www/ that loads pkg/ and must not.
pub fn check(project: &Project) -> Outcome<Vec<String>> {
    let mut wrong = Vec::new();
    for file in files_below(&project.path("www"))? {
        let relative = file.strip_prefix(&project.root).unwrap_or(&file);
        let relative = relative.to_string_lossy().replace('\\', "/");
        let is_script = [".ts", ".js", ".mjs"].iter().any(|ending| relative.ends_with(ending));
        if is_script && relative != WORKER {
            let text = fs::read_to_string(&file).map_err(|error| format!("{relative}: {error}"))?;
            let lines = loads_of_pkg(&text).into_iter();
            wrong.extend(
                lines.map(|line| {
                    format!("{relative}:{line}: only {WORKER} loads pkg/; elsewhere `import type`")
                }),
            );
        }
    }
    Ok(wrong)
}

/// The lines of strings that lead into pkg/ and are not the source of an `import type`.
fn loads_of_pkg(text: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    // The code since the last statement ended, to see what a string belongs to.
    let mut statement = String::new();
    let mut line = 1;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\n' => {
                line += 1;
                statement.push(' ');
            }
            '/' if rest.peek() == Some(&'/') => {
                while rest.peek().is_some_and(|&next| next != '\n') {
                    rest.next();
                }
            }
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut last = ' ';
                for next in rest.by_ref() {
                    line += usize::from(next == '\n');
                    if last == '*' && next == '/' {
                        break;
                    }
                    last = next;
                }
            }
            '\'' | '"' | '`' => {
                let began = line;
                let mut content = String::new();
                while let Some(next) = rest.next() {
                    match next {
                        '\\' => drop(rest.next()),
                        _ if next == character => break,
                        _ => {
                            line += usize::from(next == '\n');
                            content.push(next);
                        }
                    }
                    // An apostrophe in a text or a pattern is no string: it ends with its line.
                    if next == '\n' && character != '`' {
                        break;
                    }
                }
                let names_types_only = ["import type ", "export type "]
                    .iter()
                    .any(|start| statement.trim_start().starts_with(start));
                let leads_there = content.split('/').any(|part| part == "pkg") && content.contains('/');
                if leads_there && !names_types_only {
                    lines.push(began);
                }
            }
            ';' => statement.clear(),
            _ => statement.push(character),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::loads_of_pkg;

    #[test]
    fn loads_that_must_fail() {
        for text in [
            "import init from '../pkg/single/layered/cajal.js';",
            "import { type Config } from \"../../pkg/single/layered/cajal.js\";",
            "const m = await import('./pkg/threads/cajal.js');",
            "const m = await import(`./pkg/${variant}/cajal.js`);",
            "export { Lab } from '../pkg/single/layered/cajal.js';",
            "// import type\nimport { A } from '../pkg/single/layered/cajal.js';",
            "import type { A } from './a.ts';\nimport b from '../pkg/single/layered/cajal.js';",
            "new URL('./pkg/single/layered/cajal_bg.wasm', import.meta.url);",
        ] {
            assert_eq!(loads_of_pkg(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn types_and_comments_may_name_it() {
        for text in [
            "import type { Config } from '../../pkg/single/layered/cajal.js';",
            "import type {\n  Config,\n  Snapshot,\n} from '../../pkg/single/layered/cajal.js';",
            "export type { Config } from '../../pkg/single/layered/cajal.js';",
            "// import x from '../pkg/single/layered/cajal.js'",
            "/* './pkg/x' \n */ const a = 'pkg';",
            "const a = 'packages/b';",
            "// What crosses; not this.\n/* nor this */ import type { A } from '../pkg/single/layered/cajal.js';",
        ] {
            assert_eq!(loads_of_pkg(text), Vec::<usize>::new(), "{text}");
        }
    }

    #[test]
    fn the_line_is_told() {
        assert_eq!(loads_of_pkg("// one\n/* two\n */\nimport('./pkg/a.js');"), [4]);
    }
}
