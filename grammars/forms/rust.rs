@@test
#[allow(dead_code)]
mod xcoder_form {
    pub trait Outcome { fn check(self); }
    impl Outcome for () { fn check(self) {} }
    impl<T, E: std::fmt::Debug> Outcome for Result<T, E> { fn check(self) { if let Err(problem) = self { panic!("the test gives an error: {:?}", problem); } } }
    pub fn should_panic<T>(run: impl FnOnce() -> T, expected: &str) {
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
            Ok(_) => panic!("the test did not panic"),
            Err(problem) => {
                let text = problem.downcast_ref::<String>().cloned().or_else(|| problem.downcast_ref::<&str>().map(|text| text.to_string()));
                if !expected.is_empty() && !text.unwrap_or_default().contains(expected) { panic!("the test panicked without `{}`", expected); }
            }
        }
    }
}
