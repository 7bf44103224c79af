use std::time::Instant;
fn main() {
    for _ in 0..3 {
        let t = Instant::now();
        let p = comity::Pack::builtin().unwrap();
        println!("packs {:?}", t.elapsed());
        let n: usize = p.iter().flat_map(|p| p.rules()).map(|r| r.looks_for().len()).sum();
        let t = Instant::now();
        let r = comity::RuleSet::new(p.iter().flat_map(|p| p.rules().iter().cloned())).unwrap();
        println!("set {:?} wordings {n}", t.elapsed());
        let s = std::fs::read_to_string("/work/shared/corpus/statements/2021-05-21-u-s-rok-leaders-joint-statement.md")
            .unwrap();
        let t = Instant::now();
        let d = comity::Draft::new(comity::Format::Markdown, s.clone());
        println!("draft {:?} {}", t.elapsed(), s.len());
        let t = Instant::now();
        let f = r.check(&d);
        println!("check {:?} {}", t.elapsed(), f.len());
    }
    let p = comity::Pack::builtin().unwrap();
    for r in p.iter().flat_map(|p| p.rules()) {
        println!("{} {}", r.id(), r.looks_for().len());
    }
}
