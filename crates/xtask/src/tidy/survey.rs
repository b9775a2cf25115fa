//! What a walk over the syntax of a Rust file collects: functions, types, imports, attributes, sleeps.

use std::ops::RangeInclusive;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, FnArg, Meta, Signature, Type, UseTree, Visibility};

/// A function or method.
#[derive(Debug)]
pub struct Function {
    pub name: String,
    /// From its first word to its closing brace.
    pub lines: RangeInclusive<usize>,
    /// Without `self`.
    pub parameters: usize,
    /// The names of parameters that are plain `bool`s.
    pub flags: Vec<String>,
    /// Its signature is somebody else's: an implementation of a trait.
    pub is_given: bool,
    pub attributes: Vec<Mark>,
}

impl Function {
    /// Whether a runner of tests finds it.
    pub fn is_test(&self) -> bool {
        self.attributes.iter().any(|mark| mark.path == "test" || mark.path.ends_with("::test"))
    }
}

/// An attribute: `cfg(test)` is `cfg` with `test`.
#[derive(Debug, Clone)]
pub struct Mark {
    pub path: String,
    pub arguments: String,
    pub line: usize,
}

/// All facts of one file.
#[derive(Debug, Default)]
pub struct Survey {
    pub functions: Vec<Function>,
    /// Structs, enums, traits and aliases.
    pub types: Vec<(String, usize)>,
    /// `use` trees, spelt out.
    pub imports: Vec<(String, usize)>,
    pub attributes: Vec<Mark>,
    /// Calls of a `sleep` that no loop surrounds.
    pub sleeps: Vec<usize>,
    /// Public items without a word about them.
    pub undocumented: Vec<(String, usize)>,
    pub(super) tests: Vec<RangeInclusive<usize>>,
    loops: usize,
    in_trait_impl: bool,
}

impl Survey {
    fn function(&mut self, attributes: &[Attribute], signature: &Signature, whole: &impl Spanned) {
        let typed = |argument: &FnArg| match argument {
            FnArg::Typed(typed) => Some(typed.clone()),
            FnArg::Receiver(_) => None,
        };
        let typed: Vec<_> = signature.inputs.iter().filter_map(typed).collect();
        let is_flag = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident("bool"));
        let name_of = |pattern: &syn::Pat| match pattern {
            syn::Pat::Ident(name) => name.ident.to_string(),
            _ => "_".to_owned(),
        };
        let flags = typed.iter().filter(|t| is_flag(&t.ty)).map(|t| name_of(&t.pat)).collect();
        self.functions.push(Function {
            name: signature.ident.to_string(),
            lines: signature.span().start().line..=whole.span().end().line,
            parameters: typed.len(),
            flags,
            is_given: self.in_trait_impl,
            attributes: attributes.iter().map(mark).collect(),
        });
    }

    fn named(&mut self, ident: &syn::Ident) {
        self.types.push((ident.to_string(), ident.span().start().line));
    }

    fn must_be_documented(&mut self, vis: &Visibility, attrs: &[Attribute], ident: &syn::Ident) {
        let silent = !attrs.iter().any(|attribute| attribute.path().is_ident("doc"));
        if matches!(vis, Visibility::Public(_)) && silent {
            self.undocumented.push((ident.to_string(), ident.span().start().line));
        }
    }
}

impl<'ast> Visit<'ast> for Survey {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.attributes.push(mark(attribute));
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let is_test = |attribute: &Attribute| {
            let mark = mark(attribute);
            mark.path == "cfg"
                && (mark.arguments == "test" || mark.arguments.starts_with("all (test"))
        };
        if item.attrs.iter().any(is_test) {
            self.tests.push(lines(item));
        }
        visit::visit_item_mod(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.must_be_documented(&item.vis, &item.attrs, &item.sig.ident);
        self.function(&item.attrs, &item.sig, item);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !self.in_trait_impl {
            self.must_be_documented(&item.vis, &item.attrs, &item.sig.ident);
        }
        self.function(&item.attrs, &item.sig, item);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.function(&item.attrs, &item.sig, item);
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let outer = std::mem::replace(&mut self.in_trait_impl, item.trait_.is_some());
        visit::visit_item_impl(self, item);
        self.in_trait_impl = outer;
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.named(&item.ident);
        self.must_be_documented(&item.vis, &item.attrs, &item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.named(&item.ident);
        self.must_be_documented(&item.vis, &item.attrs, &item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.named(&item.ident);
        self.must_be_documented(&item.vis, &item.attrs, &item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.named(&item.ident);
        self.must_be_documented(&item.vis, &item.attrs, &item.ident);
        visit::visit_item_type(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        spell_out(&item.tree, "", &mut self.imports);
    }

    fn visit_expr_loop(&mut self, item: &'ast syn::ExprLoop) {
        self.loops += 1;
        visit::visit_expr_loop(self, item);
        self.loops -= 1;
    }

    fn visit_expr_while(&mut self, item: &'ast syn::ExprWhile) {
        self.loops += 1;
        visit::visit_expr_while(self, item);
        self.loops -= 1;
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func
            && function.path.segments.last().is_some_and(|last| last.ident == "sleep")
            && self.loops == 0
        {
            self.sleeps.push(call.span().start().line);
        }
        visit::visit_expr_call(self, call);
    }
}

fn lines(item: &impl Spanned) -> RangeInclusive<usize> {
    item.span().start().line..=item.span().end().line
}

fn mark(attribute: &Attribute) -> Mark {
    let words: Vec<String> =
        attribute.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
    let arguments = match &attribute.meta {
        Meta::Path(_) => String::new(),
        Meta::List(list) => list.tokens.to_string(),
        Meta::NameValue(_) => "=".to_owned(),
    };
    Mark { path: words.join("::"), arguments, line: attribute.span().start().line }
}

fn spell_out(tree: &UseTree, prefix: &str, all: &mut Vec<(String, usize)>) {
    match tree {
        UseTree::Path(path) => spell_out(&path.tree, &format!("{prefix}{}::", path.ident), all),
        UseTree::Name(name) => {
            all.push((format!("{prefix}{}", name.ident), name.span().start().line));
        }
        UseTree::Rename(name) => {
            all.push((format!("{prefix}{}", name.ident), name.span().start().line));
        }
        UseTree::Glob(glob) => all.push((format!("{prefix}*"), glob.span().start().line)),
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| spell_out(tree, prefix, all));
        }
    }
}
