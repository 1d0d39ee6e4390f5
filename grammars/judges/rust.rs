@@common
#[allow(dead_code, unused_imports)]
mod xcoder {
    use std::collections::*;
    use std::io::{BufRead, Write};
    use std::hash::{BuildHasher, Hash};

    pub struct Wire<'a> { pub text: &'a [u8], pub at: usize }
    impl<'a> Wire<'a> {
        pub fn new(text: &'a str) -> Self { Wire { text: text.as_bytes(), at: 0 } }
        pub fn tag(&mut self) -> u8 { self.at += 1; self.text[self.at - 1] }
        pub fn digits(&mut self) -> &'a str {
            let end = self.at + self.text[self.at..].iter().position(|b| *b == b';').unwrap();
            let digits = std::str::from_utf8(&self.text[self.at..end]).unwrap();
            self.at = end + 1;
            digits
        }
        pub fn count(&mut self) -> usize { self.tag(); self.digits().parse().unwrap() }
    }
    pub fn value<T: Read>(text: &str) -> T { T::read(&mut Wire::new(text)) }
    pub fn hex(text: &str) -> String { text.bytes().map(|b| format!("{:02x}", b)).collect() }

    pub trait Show { fn show(&self) -> String; }
    pub trait Read: Sized {
        fn read(wire: &mut Wire) -> Self;
        /// What shows an argument after a call that may change it.
        fn after<'a>(&self) -> Option<Box<dyn Fn() -> String + 'a>> where Self: 'a { None }
    }

    macro_rules! whole { ($($t:ty),*) => { $(
        impl Show for $t { fn show(&self) -> String { format!("i{};", self) } }
        impl Read for $t { fn read(wire: &mut Wire) -> Self { wire.tag(); wire.digits().parse().unwrap() } }
    )* } }
    whole!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
    macro_rules! real { ($($t:ty),*) => { $(
        impl Show for $t { fn show(&self) -> String { if self.is_nan() { "dNaN;".into() } else if self.is_infinite() { if *self > 0.0 { "dInfinity;".into() } else { "d-Infinity;".into() } } else { format!("d{:e};", self) } } }
        impl Read for $t { fn read(wire: &mut Wire) -> Self { wire.tag(); match wire.digits() { "NaN" => <$t>::NAN, "Infinity" => <$t>::INFINITY, "-Infinity" => <$t>::NEG_INFINITY, d => d.parse().unwrap() } } }
    )* } }
    real!(f32, f64);
    impl Show for bool { fn show(&self) -> String { if *self { "t".into() } else { "f".into() } } }
    impl Read for bool { fn read(wire: &mut Wire) -> Self { wire.tag() == b't' } }
    impl Show for char { fn show(&self) -> String { format!("c{};", *self as u32) } }
    impl Read for char { fn read(wire: &mut Wire) -> Self { wire.tag(); char::from_u32(wire.digits().parse().unwrap()).unwrap() } }
    impl Show for () { fn show(&self) -> String { "u0;".into() } }
    impl Read for () { fn read(wire: &mut Wire) -> Self { wire.count(); } }
    impl Show for str { fn show(&self) -> String { format!("s{};", hex(self)) } }
    impl Show for String { fn show(&self) -> String { self.as_str().show() } }
    impl Read for String {
        fn read(wire: &mut Wire) -> Self {
            wire.tag();
            let digits = wire.digits();
            String::from_utf8((0..digits.len() / 2).map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap()).collect()).unwrap()
        }
    }
    impl<T: Show + ?Sized> Show for &T { fn show(&self) -> String { (**self).show() } }
    impl<T: Show> Show for Box<T> { fn show(&self) -> String { (**self).show() } }
    impl<T: Read> Read for Box<T> { fn read(wire: &mut Wire) -> Self { Box::new(T::read(wire)) } }
    impl<'s> Read for &'s str { fn read(wire: &mut Wire) -> Self { Box::leak(String::read(wire).into_boxed_str()) } }
    impl<'s, T: Read + 's> Read for &'s [T] { fn read(wire: &mut Wire) -> Self { Vec::<T>::read(wire).leak() } }
    impl<'s, T: Read + 's> Read for &'s T { fn read(wire: &mut Wire) -> Self { Box::leak(Box::new(T::read(wire))) } }
    impl<T: Show + ?Sized> Show for &mut T { fn show(&self) -> String { (**self).show() } }
    impl<'s, T: Read + Show + 's> Read for &'s mut T {
        fn read(wire: &mut Wire) -> Self { Box::leak(Box::new(T::read(wire))) }
        fn after<'a>(&self) -> Option<Box<dyn Fn() -> String + 'a>> where Self: 'a { let at: *const T = &**self; Some(Box::new(move || unsafe { (*at).show() })) }
    }
    impl<'s, T: Read + Show + 's> Read for &'s mut [T] {
        fn read(wire: &mut Wire) -> Self { Vec::<T>::read(wire).leak() }
        fn after<'a>(&self) -> Option<Box<dyn Fn() -> String + 'a>> where Self: 'a { let at: *const [T] = &**self; Some(Box::new(move || unsafe { (*at).show() })) }
    }

    /// An argument of the tests: what crosses of it, and what it is after the call.
    pub trait Cross { fn show(&self) -> String; fn take(&mut self, wire: &mut Wire); }
    pub struct In<'a, T: ?Sized>(pub &'a T);
    pub struct InOut<'a, T: ?Sized>(pub &'a mut T);
    impl<T: Show + ?Sized> Cross for In<'_, T> { fn show(&self) -> String { self.0.show() } fn take(&mut self, wire: &mut Wire) { wire.tag(); } }
    impl<T: Show + Read> Cross for InOut<'_, T> { fn show(&self) -> String { self.0.show() } fn take(&mut self, wire: &mut Wire) { *self.0 = T::read(wire); } }
    impl<T: Show + Read> Cross for InOut<'_, [T]> {
        fn show(&self) -> String { self.0.show() }
        fn take(&mut self, wire: &mut Wire) { for (to, from) in self.0.iter_mut().zip(Vec::<T>::read(wire)) { *to = from; } }
    }
    impl<T: Show> Show for Option<T> { fn show(&self) -> String { match self { Some(v) => format!("u1;{}", v.show()), None => "n".into() } } }
    impl<T: Read> Read for Option<T> { fn read(wire: &mut Wire) -> Self { if wire.text[wire.at] == b'n' { wire.at += 1; None } else { wire.count(); Some(T::read(wire)) } } }
    impl<T: Show, E: Show> Show for Result<T, E> { fn show(&self) -> String { match self { Ok(v) => format!("u1;{}", v.show()), Err(e) => format!("u2;n{}", e.show()) } } }
    impl<T: Read, E: Read> Read for Result<T, E> { fn read(wire: &mut Wire) -> Self { if wire.count() == 1 { Ok(T::read(wire)) } else { wire.tag(); Err(E::read(wire)) } } }
    fn all<'a, T: Show + ?Sized + 'a>(items: impl Iterator<Item = &'a T>) -> String { items.map(|v| v.show()).collect() }
    fn pairs<'a, K: Show + 'a, V: Show + 'a>(items: impl Iterator<Item = (&'a K, &'a V)>) -> String { items.map(|(k, v)| k.show() + &v.show()).collect() }
    impl<T: Show> Show for [T] { fn show(&self) -> String { format!("l{};{}", self.len(), all(self.iter())) } }
    impl<T: Show, const N: usize> Show for [T; N] { fn show(&self) -> String { format!("l{};{}", N, all(self.iter())) } }
    impl<T: Read, const N: usize> Read for [T; N] { fn read(wire: &mut Wire) -> Self { Vec::<T>::read(wire).try_into().unwrap_or_else(|_| panic!("length")) } }
    macro_rules! list { ($($t:ident, $($b:ident)|*, $tag:literal);*) => { $(
        impl<T: Show> Show for $t<T> { fn show(&self) -> String { format!(concat!($tag, "{};{}"), self.len(), all(self.iter())) } }
        impl<T: Read $(+ $b)*> Read for $t<T> { fn read(wire: &mut Wire) -> Self { (0..wire.count()).map(|_| T::read(wire)).collect() } }
    )* } }
    list!(Vec, , "l"; VecDeque, , "l"; BTreeSet, Ord, "e");
    impl<T: Show, H> Show for HashSet<T, H> { fn show(&self) -> String { format!("e{};{}", self.len(), all(self.iter())) } }
    impl<T: Read + Eq + Hash, H: BuildHasher + Default> Read for HashSet<T, H> { fn read(wire: &mut Wire) -> Self { (0..wire.count()).map(|_| T::read(wire)).collect() } }
    impl<K: Show, V: Show, H> Show for HashMap<K, V, H> { fn show(&self) -> String { format!("m{};{}", self.len(), pairs(self.iter())) } }
    impl<K: Read + Eq + Hash, V: Read, H: BuildHasher + Default> Read for HashMap<K, V, H> { fn read(wire: &mut Wire) -> Self { (0..wire.count()).map(|_| { let k = K::read(wire); (k, V::read(wire)) }).collect() } }
    impl<K: Show, V: Show> Show for BTreeMap<K, V> { fn show(&self) -> String { format!("m{};{}", self.len(), pairs(self.iter())) } }
    impl<K: Read + Ord, V: Read> Read for BTreeMap<K, V> { fn read(wire: &mut Wire) -> Self { (0..wire.count()).map(|_| { let k = K::read(wire); (k, V::read(wire)) }).collect() } }
    macro_rules! tuple { ($($n:literal: $($t:ident $i:tt),*);*) => { $(
        impl<$($t: Show),*> Show for ($($t,)*) { fn show(&self) -> String { let mut out = String::from(concat!("u", $n, ";")); $(out.push_str(&self.$i.show());)* out } }
        impl<$($t: Read),*> Read for ($($t,)*) { fn read(wire: &mut Wire) -> Self { wire.count(); ($($t::read(wire),)*) } }
    )* } }
    tuple!(2: A 0, B 1; 3: A 0, B 1, C 2; 4: A 0, B 1, C 2, D 3; 5: A 0, B 1, C 2, D 3, E 4);

    pub trait Serve<A, R> { fn serve(&self, wire: &mut Wire) -> String; }
    macro_rules! serve { ($($($t:ident)*);*) => { $(
        impl<F: Fn($($t),*) -> R, R: Show, $($t: Read),*> Serve<($($t,)*), R> for F {
            #[allow(non_snake_case, unused_variables)]
            fn serve(&self, wire: &mut Wire) -> String { wire.count(); $(let $t = $t::read(wire);)* let after: Vec<Option<Box<dyn Fn() -> String + '_>>> = vec![$($t.after()),*]; let shown = self($($t),*).show(); format!("{} l{};{}", shown, after.len(), after.iter().map(|show| show.as_ref().map_or("n".to_string(), |show| show())).collect::<String>()) }
        }
    )* } }
    serve!(; A; A B; A B C; A B C D; A B C D E; A B C D E G);
    pub fn serve<A, R, F: Serve<A, R>>(f: F, wire: &str) -> String { f.serve(&mut Wire::new(wire)) }

    pub fn line(text: &str) { let mut out = std::io::stdout(); let _ = out.write_all(format!("\n{} {}\n", "{secret}", text).as_bytes()); let _ = out.flush(); }
    pub fn input() -> std::io::BufReader<std::fs::File> { std::io::BufReader::new(unsafe { <std::fs::File as std::os::unix::io::FromRawFd>::from_raw_fd(9) }) }
    pub fn next(from: &mut impl BufRead) -> Option<String> { let mut text = String::new(); if from.read_line(&mut text).unwrap_or(0) == 0 { None } else { Some(text.trim_end().to_string()) } }
    pub fn message(problem: Box<dyn std::any::Any + Send>) -> String { problem.downcast_ref::<String>().cloned().or_else(|| problem.downcast_ref::<&str>().map(|v| v.to_string())).unwrap_or_default() }
}

@@answer
#[allow(unused_imports)]
use std::collections::*;
{code}
{common}
#[allow(unused)]
fn xcoder_call(key: &str, wire: &str) -> String {
    match key {
{entries}
        _ => panic!("no such function"),
    }
}

fn main() {
    let mut input = xcoder::input();
    while let Some(text) = xcoder::next(&mut input) {
        let parts: Vec<String> = text.split(' ').map(|v| v.to_string()).collect();
        let (key, wire) = (parts[1].clone(), parts[2].clone());
        match std::panic::catch_unwind(move || xcoder_call(&key, &wire)) {
            Ok(shown) => xcoder::line(&format!("= {} {}", parts[0], shown)),
            Err(problem) => xcoder::line(&format!("! {} s; s{};", parts[0], xcoder::hex(&xcoder::message(problem)))),
        }
    }
}

@@judge
#[allow(unused_imports)]
use std::collections::*;
{tests}
{common}
#[allow(dead_code)]
fn xcoder_ask<R: xcoder::Read>(key: &str, arguments: &mut [&mut dyn xcoder::Cross]) -> R {
    static INPUT: std::sync::Mutex<Option<std::io::BufReader<std::fs::File>>> = std::sync::Mutex::new(None);
    let mut input = INPUT.lock().unwrap_or_else(|problem| problem.into_inner());
    xcoder::line(&format!("? {} l{};{}", key, arguments.len(), arguments.iter().map(|value| value.show()).collect::<String>()));
    let text = xcoder::next(input.get_or_insert_with(xcoder::input)).unwrap_or_else(|| std::process::exit(4));
    drop(input);
    let parts: Vec<&str> = text.split(' ').collect();
    if parts[0] == "!" {
        let problem: String = xcoder::value(parts[2]);
        panic!("{}", problem);
    }
    if parts[2].starts_with('l') {
        let mut after = xcoder::Wire::new(parts[2]);
        after.count();
        for argument in arguments.iter_mut() { argument.take(&mut after); }
    }
    xcoder::value(parts[1])
}
{stubs}
fn main() {
    run_tests();
    xcoder::line("$");
}
