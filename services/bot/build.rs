//! Makes the texts a compile-time matter: reads every language, checks that they agree, writes typed functions.

use std::fmt::Write as _;
use std::path::Path;

#[path = "src/texts/check.rs"]
mod check;

use check::{LANGUAGES, Language, Role, agreed, is_plain};

fn main() {
    println!("cargo::rerun-if-changed=src/texts");
    match generate() {
        Ok(code) => {
            let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
            std::fs::write(Path::new(&out).join("texts.rs"), code).expect("OUT_DIR is writable");
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
        }
    }
}

fn generate() -> Result<String, Vec<String>> {
    let read = |(tag, _)| {
        let read = |part| {
            let path = format!("src/texts/{tag}{part}.ftl");
            std::fs::read_to_string(path).expect("the texts are part of the package")
        };
        read("") + &read("_staff") + &read("_stock") + &read("_desk") + &read("_reviews")
    };
    agreed(&LANGUAGES.map(read)).map(|language| functions(&language))
}

fn functions(language: &Language) -> String {
    let mut code = String::from("impl Texts {\n");
    for (id, message) in language {
        let name = id.replace('-', "_");
        let (kind, call) = if is_plain(id) { ("Label", "plain") } else { ("Html", "html") };
        writeln!(code, "    /// {}", message.sample).expect("a string takes all");
        write!(code, "    pub fn {name}(&'static self").expect("a string takes all");
        for (variable, role) in &message.variables {
            let of = if *role == Role::Counts { "u64" } else { "impl Piece" };
            write!(code, ", {}: {of}", variable.replace('-', "_")).expect("a string takes all");
        }
        write!(code, ") -> {kind} {{\n        self.{call}({id:?}, [").expect("a string takes all");
        for (variable, role) in &message.variables {
            let argument = variable.replace('-', "_");
            let value = if *role == Role::Counts {
                format!("{argument}.into()")
            } else {
                format!("{argument}.{call}().into()")
            };
            write!(code, "({variable:?}, {value}), ").expect("a string takes all");
        }
        code.push_str("])\n    }\n");
    }
    code.push_str("}\n\n/// Every key, for the test that looks for unused ones.\n#[cfg(test)]\n");
    let keys: Vec<&String> = language.keys().collect();
    writeln!(code, "pub const KEYS: &[&str] = &{keys:?};").expect("a string takes all");
    code
}
