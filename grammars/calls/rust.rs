#[allow(unused_imports)]
use std::collections::*;
{code}

mod xcoder {
    use std::collections::*;
    pub trait Show { fn show(&self) -> String; }
    macro_rules! plain { ($($t:ty),*) => { $(impl Show for $t { fn show(&self) -> String { self.to_string() } })* } }
    plain!(i8, i16, i32, i64, i128, isize, u16, u32, u64, u128, usize, bool);
    macro_rules! real { ($($t:ty),*) => { $(impl Show for $t { fn show(&self) -> String { if self.is_nan() { "NaN".into() } else if self.is_infinite() { if *self > 0.0 { "Infinity".into() } else { "-Infinity".into() } } else { format!("{:e}", self) } } })* } }
    real!(f32, f64);
    impl Show for u8 { fn show(&self) -> String { format!("'{}", self) } }
    impl Show for char { fn show(&self) -> String { format!("'{}", *self as u32) } }
    impl Show for () { fn show(&self) -> String { "null".into() } }
    impl Show for str { fn show(&self) -> String { let mut out = String::from("\""); for b in self.bytes() { if b == b'"' || b == b'\\' { out.push('\\'); out.push(b as char); } else if b < 32 || b > 126 { out.push_str(&format!("\\x{:02x}", b)); } else { out.push(b as char); } } out.push('"'); out } }
    impl Show for String { fn show(&self) -> String { self.as_str().show() } }
    impl<T: Show + ?Sized> Show for &T { fn show(&self) -> String { (**self).show() } }
    impl<T: Show + ?Sized> Show for &mut T { fn show(&self) -> String { (**self).show() } }
    impl<T: Show + ?Sized> Show for Box<T> { fn show(&self) -> String { (**self).show() } }
    impl<T: Show> Show for Option<T> { fn show(&self) -> String { match self { Some(v) => v.show(), None => "null".into() } } }
    impl<T: Show, E> Show for Result<T, E> { fn show(&self) -> String { match self { Ok(v) => v.show(), Err(_) => panic!("Err") } } }
    fn all<'a, T: Show + 'a>(items: impl Iterator<Item = &'a T>) -> String { items.map(|v| v.show()).collect::<Vec<_>>().join(",") }
    impl<T: Show> Show for [T] { fn show(&self) -> String { format!("[{}]", all(self.iter())) } }
    impl<T: Show, const N: usize> Show for [T; N] { fn show(&self) -> String { format!("[{}]", all(self.iter())) } }
    impl<T: Show> Show for Vec<T> { fn show(&self) -> String { format!("[{}]", all(self.iter())) } }
    impl<T: Show> Show for VecDeque<T> { fn show(&self) -> String { format!("[{}]", all(self.iter())) } }
    impl<T: Show, H> Show for HashSet<T, H> { fn show(&self) -> String { format!("S[{}]", all(self.iter())) } }
    impl<T: Show> Show for BTreeSet<T> { fn show(&self) -> String { format!("S[{}]", all(self.iter())) } }
    impl<K: Show, V: Show, H> Show for HashMap<K, V, H> { fn show(&self) -> String { format!("M[{}]", self.iter().map(|(k, v)| format!("[{},{}]", k.show(), v.show())).collect::<Vec<_>>().join(",")) } }
    impl<K: Show, V: Show> Show for BTreeMap<K, V> { fn show(&self) -> String { format!("M[{}]", self.iter().map(|(k, v)| format!("[{},{}]", k.show(), v.show())).collect::<Vec<_>>().join(",")) } }
    impl<A: Show, B: Show> Show for (A, B) { fn show(&self) -> String { format!("[{},{}]", self.0.show(), self.1.show()) } }
    impl<A: Show, B: Show, C: Show> Show for (A, B, C) { fn show(&self) -> String { format!("[{},{},{}]", self.0.show(), self.1.show(), self.2.show()) } }
    impl<A: Show, B: Show, C: Show, D: Show> Show for (A, B, C, D) { fn show(&self) -> String { format!("[{},{},{},{}]", self.0.show(), self.1.show(), self.2.show(), self.3.show()) } }

    pub fn line(text: &str) { use std::io::Write; let mut out = std::io::stdout(); let _ = out.write_all(format!("\n{} {}\n", "{secret}", text).as_bytes()); let _ = out.flush(); }

    pub fn call<F: FnOnce() -> String>(index: usize, target: F) {
        if index < std::env::var("XCODER_FROM").ok().and_then(|v| v.parse().ok()).unwrap_or(0) { return; }
        line(&format!("@ {}", index));
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(target)) {
            Ok(text) => line(&format!("= {} {}", index, text)),
            Err(problem) => {
                let text = problem.downcast_ref::<String>().cloned().or_else(|| problem.downcast_ref::<&str>().map(|v| v.to_string())).unwrap_or_default();
                line(&format!("! {} {}", index, text.chars().map(|c| if (c as u32) < 32 || (c as u32) > 126 { ' ' } else { c }).take(200).collect::<String>()));
            }
        }
    }
}

#[allow(unused)]
fn main() {
    use xcoder::Show;
{calls}
    xcoder::line("$");
}
