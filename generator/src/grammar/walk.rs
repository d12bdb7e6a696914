//! Walks a document by its grammar and shows every object to a function.
//!
//! Recursion is safe: `load` bounds how deep a document can be nested, and no walk follows a `$ref`.

use serde_json::{Map, Value};

use super::{Kind, Shape};
use crate::pointer::Pointer;

/// An object that a walk has come to, and where it stands.
pub(crate) struct Node<'a> {
    pub(crate) kind: Kind,
    pub(crate) object: &'a Map<String, Value>,
    pub(crate) pointer: &'a str,
}

/// Shows every object below `value`, outer ones first. A node with a `$ref` in the place of an object is shown too.
pub(crate) fn visit(value: &Value, shape: Shape, pointer: &mut Pointer, see: &mut dyn FnMut(Node<'_>)) {
    match (shape, value) {
        (Shape::Object(kind) | Shape::Component(kind), Value::Object(object)) => {
            see(Node { kind, object, pointer: pointer.as_str() });
            if is_reference(kind, object) {
                return;
            }
            for (key, member) in object {
                if let Some(shape) = kind.shape_of(key) {
                    let back = pointer.enter(key);
                    visit(member, shape, pointer, see);
                    pointer.leave(back);
                }
            }
        }
        (Shape::FlagOrSchema, Value::Object(_)) => visit(value, Shape::Component(Kind::Schema), pointer, see),
        (Shape::List(each), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let back = pointer.enter_index(index);
                visit(item, *each, pointer, see);
                pointer.leave(back);
            }
        }
        (Shape::Map(each), Value::Object(members)) => {
            for (key, member) in members {
                let back = pointer.enter(key);
                visit(member, *each, pointer, see);
                pointer.leave(back);
            }
        }
        _ => {}
    }
}

/// A function that changes objects: their kind, the object, and where it stands.
type See<'s> = &'s mut dyn FnMut(Kind, &mut Map<String, Value>, &str);

/// Like [`visit`], for a function that changes the objects. It sees an object before what is inside.
pub(crate) fn visit_mut(value: &mut Value, shape: Shape, pointer: &mut Pointer, see: See<'_>) {
    match (shape, value) {
        (Shape::Object(kind) | Shape::Component(kind), Value::Object(object)) => {
            see(kind, object, pointer.as_str());
            if is_reference(kind, object) {
                return;
            }
            for (key, member) in object {
                if let Some(shape) = kind.shape_of(key) {
                    let back = pointer.enter(key);
                    visit_mut(member, shape, pointer, see);
                    pointer.leave(back);
                }
            }
        }
        (Shape::FlagOrSchema, value @ Value::Object(_)) => {
            visit_mut(value, Shape::Component(Kind::Schema), pointer, see);
        }
        (Shape::List(each), Value::Array(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                let back = pointer.enter_index(index);
                visit_mut(item, *each, pointer, see);
                pointer.leave(back);
            }
        }
        (Shape::Map(each), Value::Object(members)) => {
            for (key, member) in members {
                let back = pointer.enter(key);
                visit_mut(member, *each, pointer, see);
                pointer.leave(back);
            }
        }
        _ => {}
    }
}

/// A path item may have keys beside its `$ref`; anything else with a `$ref` is nothing but a reference.
fn is_reference(kind: Kind, object: &Map<String, Value>) -> bool {
    kind != Kind::PathItem && object.get("$ref").is_some_and(Value::is_string)
}
