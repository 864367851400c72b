fn main() {
    println!("usage: cargo xtask <command>");
}
