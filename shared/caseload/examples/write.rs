//! throwaway
use std::io::Write;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (seed, n, out) = (a[1].parse().unwrap(), a[2].parse::<usize>().unwrap(), &a[3]);
    let mut r = std::io::BufWriter::new(std::fs::File::create(format!("{out}.csv")).unwrap());
    let mut t = std::io::BufWriter::new(std::fs::File::create(format!("{out}.truth.csv")).unwrap());
    r.write_all(caseload::record::heading().as_bytes()).unwrap();
    t.write_all(caseload::record::truth_heading().as_bytes()).unwrap();
    let load = caseload::Caseload::new(seed);
    let mut left = n;
    let mut f = 0;
    for family in load.families() {
        if left == 0 {
            break;
        }
        f += 1;
        let recs: Vec<_> = family.linkable().take(left).cloned().collect();
        left -= recs.len();
        r.write_all(caseload::record::rows(&recs).as_bytes()).unwrap();
        t.write_all(caseload::record::truth_rows(&recs).as_bytes()).unwrap();
    }
    println!("{f} families");
}
