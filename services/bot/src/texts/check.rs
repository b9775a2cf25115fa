//! Checks the texts of all languages against each other, for the build: a key, a value or a plural form that one of them
//! lacks is an error.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;

/// Every language with the plural forms that its numbers need.
pub const LANGUAGES: [(&str, &[&str]); 2] =
    [("en", &["one", "other"]), ("ru", &["one", "few", "many"])];
/// Keys that begin so are shown where Telegram reads no HTML: buttons, toasts, alerts, names.
const PLAIN: [&str; 5] = ["key-", "toast-", "alert-", "command-", "plain-"];
/// More than this many values in one text cannot be told apart at the call.
const VALUES_MAX: usize = 5;

/// What a variable does in a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is shown.
    Shown,
    /// It is a number that chooses a plural form.
    Counts,
}

/// Variables of a message.
pub type Variables = Vec<(String, Role)>;

/// One text.
pub struct Message {
    /// In the order of their first use.
    pub variables: Variables,
    /// For the function's documentation.
    pub sample: String,
}

/// Messages by key.
pub type Language = BTreeMap<String, Message>;

/// The texts of the first language, if those of all others agree with them.
///
/// # Errors
/// Everything that is wrong with any of the sources, which are in the order of [`LANGUAGES`].
pub fn agreed(sources: &[String; LANGUAGES.len()]) -> Result<Language, Vec<String>> {
    let mut problems = Vec::new();
    let mut languages = Vec::new();
    for (source, language) in sources.iter().zip(LANGUAGES) {
        languages.push(read(source, language, &mut problems));
    }
    for (other, (tag, _)) in languages.iter().zip(LANGUAGES).skip(1) {
        compare(&languages[0], other, tag, &mut problems);
    }
    if problems.is_empty() { Ok(languages.swap_remove(0)) } else { Err(problems) }
}

fn read(source: &str, (tag, plurals): (&str, &[&str]), problems: &mut Vec<String>) -> Language {
    let resource = match parser::parse(source) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            problems.extend(errors.iter().map(|error| {
                let line = source[..error.pos.start].lines().count();
                format!("{tag}.ftl:{line}: {}", error.kind)
            }));
            resource
        }
    };
    let mut language = Language::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name.to_owned();
        let Some(pattern) = message.value.as_ref().filter(|_| message.attributes.is_empty()) else {
            problems.push(format!("{tag}.ftl: `{id}` has attributes or no text"));
            continue;
        };
        let mut check = Check { id: &id, tag, plurals, problems, variables: Variables::new() };
        check.pattern(pattern);
        let message = Message { variables: check.variables, sample: sample(pattern) };
        if language.insert(id.clone(), message).is_some() {
            problems.push(format!("{tag}.ftl: `{id}` is there twice"));
        }
    }
    language
}

/// Walks one message, collecting its variables and what is wrong with it.
struct Check<'a> {
    id: &'a str,
    tag: &'a str,
    plurals: &'a [&'a str],
    problems: &'a mut Vec<String>,
    variables: Variables,
}

impl Check<'_> {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        let mut literal = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => literal.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
        let checked = match is_plain(self.id) {
            true if literal.contains('<') => Err("plain text has no tags".to_owned()),
            true => Ok(()),
            false => check_tags(&literal),
        };
        if let Err(problem) = checked {
            self.problem(&problem);
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                self.variable(id.name, Role::Shown);
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Inline(_) => {
                self.problem("only variables and string literals are used here");
            }
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else {
                    return self.problem("only a variable can choose a form");
                };
                self.variable(id.name, Role::Counts);
                for form in self.plurals {
                    if !variants.iter().any(|variant| is_named(&variant.key, form)) {
                        self.problem(&format!("the form [{form}] is missing"));
                    }
                }
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn variable(&mut self, name: &str, role: Role) {
        match self.variables.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) if role == Role::Counts => *known = role,
            Some(_) => {}
            None => self.variables.push((name.to_owned(), role)),
        }
    }

    fn problem(&mut self, what: &str) {
        self.problems.push(format!("{}.ftl: `{}`: {what}", self.tag, self.id));
    }
}

fn is_named(key: &VariantKey<&str>, form: &str) -> bool {
    matches!(key, VariantKey::Identifier { name } if *name == form)
}

/// Telegram refuses a whole message for one tag that is unknown or not closed.
fn check_tags(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').ok_or("a tag has no end")? + start;
        let tag = &rest[start + 1..end];
        match tag.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => {
                return Err(format!("</{name}> closes nothing"));
            }
            Some(_) => {}
            None if ["b", "i", "s", "u", "code", "pre", "blockquote"].contains(&tag) => {
                open.push(tag);
            }
            None => return Err(format!("<{tag}> is not a tag for texts")),
        }
        rest = &rest[end + 1..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("<{}> is not closed", open.join("><"))) }
}

/// Whether the text of this key is shown where Telegram reads no HTML.
pub fn is_plain(id: &str) -> bool {
    PLAIN.iter().any(|prefix| id.starts_with(prefix))
}

fn compare(first: &Language, other: &Language, tag: &str, problems: &mut Vec<String>) {
    for (id, message) in first {
        let Some(theirs) = other.get(id) else {
            problems.push(format!("{tag}.ftl: `{id}` is missing"));
            continue;
        };
        let names = |variables: &Variables| {
            let mut names: Vec<_> = variables.iter().map(|(name, _)| name.clone()).collect();
            names.sort();
            names
        };
        if names(&message.variables) != names(&theirs.variables) {
            problems
                .push(format!("{tag}.ftl: `{id}` has other variables than {}.ftl", LANGUAGES[0].0));
        }
        for (name, role) in &message.variables {
            if theirs.variables.iter().any(|(known, also)| known == name && also != role) {
                problems.push(format!("{tag}.ftl: `{id}`: ${name} counts in one language only"));
            }
        }
        if message.variables.len() > VALUES_MAX {
            problems.push(format!("`{id}` has more than {VALUES_MAX} variables; split it"));
        }
    }
    for id in other.keys().filter(|id| !first.contains_key(*id)) {
        problems.push(format!("{}.ftl: `{id}` is missing", LANGUAGES[0].0));
    }
}

/// The text on one line, for the documentation of its function.
fn sample(pattern: &Pattern<&str>) -> String {
    let mut sample = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => sample.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                if let InlineExpression::VariableReference { id } = inline {
                    write!(sample, "${}", id.name).expect("a string takes all");
                }
            }
            PatternElement::Placeable { .. } => sample.push('…'),
        }
    }
    format!("`{}`", sample.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'"))
}
