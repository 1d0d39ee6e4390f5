//! Module documentation: documents no snippet.

#![allow(dead_code)]

use std::collections::{HashMap, HashSet as Set};
use std::fmt::*;
extern crate alloc;

// An ordinary comment does not document Rust.
const LIMIT: usize = 0x1F_usize;
static NAME: &str = r#"raw "name""#;

/// A point in the plane.
///
/// Distances are in metres.
#[derive(Debug, Clone, PartialEq)]
pub struct Point<T = f64> {
    pub x: T,
    y: T,
}

struct Unit;
pub struct Wrapper<'a>(&'a str, u8);

union Bits {
    int: u32,
    float: f32,
}

/** A shape. */
#[non_exhaustive]
pub enum Shape {
    Circle { radius: f64 },
    Square(f64),
    None = 3,
}

/// Has an area.
pub trait Area: Sized {
    const SIDES: u32;
    type Output;

    /// Area in square metres.
    fn area(&self) -> Self::Output;

    fn doubled(&self) -> f64 {
        2.0 * 1e-3
    }
}

impl<T> Point<T> {
    /// Makes a point.
    #[inline]
    pub const fn new(x: T, y: T) -> Self {
        Self { x, y }
    }

    async unsafe fn r#move(&mut self, by: impl Fn(T) -> T) where T: Copy {
        'outer: loop {
            self.x = by(self.x);
            break 'outer;
        }
    }
}

impl Area for Shape {
    const SIDES: u32 = 0;
    type Output = f64;

    fn area(&self) -> f64 {
        match *self {
            Shape::Circle { radius: r @ 0.0..=1.0 } => r * r,
            Shape::Square(side) if side > 0.0 => side.powi(2),
            _ => 0.0,
        }
    }
}

impl<'a> From<&'a str> for Wrapper<'a> {
    fn from(text: &'a str) -> Self {
        let twice = |x: u8| x * 2;
        fn local(byte: u8) -> char {
            byte as char
        }
        println!("{text} of {}", local(b'x'));
        Wrapper(text, twice(b'\n'))
    }
}

impl std::fmt::Display for &Unit {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "unit {:?}", 'u')
    }
}

extern "C" {
    fn strlen(text: *const u8) -> usize;
}

macro_rules! square {
    ($x:expr) => {
        $x * $x
    };
}

pub mod inner {
    pub(crate) fn nested(flag: bool) -> Option<bool> {
        (!flag).then_some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_is_positive() {
        assert!(square!(2) > 0, "area {}", LIMIT);
    }

    fn support() {}
}

fn broken(x: u32 -> u32 {
    x +
}

fn after(x: u32) -> u32 {
    x
}
