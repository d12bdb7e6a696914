//! Values nested deeply, by chance or to do harm: neither the stack nor the time runs out.

use openapi_client_runtime::{JsonObject, Value};
use serde_json::{Map, json};

#[derive(Clone, Debug, PartialEq)]
struct Node {
    name: Option<String>,
    child: Option<Box<Node>>,
    extra: JsonObject,
}

openapi_client_runtime::object! {
    Node {
        "name" => name,
        "child" => child,
    }
}

/// Each of these may hold each of these: without a memory, every level would triple the work.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    And(Box<And>),
    Or(Box<Or>),
    Not(Box<Not>),
    Leaf(String),
    Other(Value),
}

openapi_client_runtime::union! {
    Tree {
        And(Box<And>),
        Or(Box<Or>),
        Not(Box<Not>),
        Leaf(String),
    }
}

macro_rules! inner {
    ($($name:ident $key:literal)*) => {
        $(
            #[derive(Clone, Debug, PartialEq)]
            struct $name {
                name: Option<String>,
                children: Option<Vec<Tree>>,
                extra: JsonObject,
            }

            openapi_client_runtime::object! {
                $name {
                    $key => name,
                    "children" => children,
                }
            }
        )*
    };
}

inner! { And "and" Or "or" Not "not" }

/// An object in an object, `depth` times.
fn nested(depth: usize, wrap: impl Fn(Value) -> Value) -> Value {
    (0..depth).fold(json!("leaf"), |inner, _| wrap(inner))
}

#[test]
fn a_recursive_type_goes_as_deep_as_json_does() {
    let text = nested(100, |child| json!({ "child": child })).to_string().replace("\"leaf\"", "{\"name\":\"leaf\"}");
    let mut node: &Node = &serde_json::from_str(&text).unwrap();
    let mut depth = 0;
    while let Some(child) = &node.child {
        (node, depth) = (child, depth + 1);
    }
    assert_eq!((depth, node.name.as_deref()), (100, Some("leaf")));
    let deep = format!("{}{{}}{}", r#"{"child":"#.repeat(100_000), "}".repeat(100_000));
    let error = openapi_client_runtime::model::from_json_slice::<Node>(deep.as_bytes()).unwrap_err();
    assert_eq!(error.message(), "recursion limit exceeded");
    let unknown = format!("{}{{}}{}", r#"{"new":"#.repeat(100_000), "}".repeat(100_000));
    assert!(openapi_client_runtime::model::from_json_slice::<Node>(unknown.as_bytes()).is_err());
}

#[test]
fn unions_in_unions_do_not_multiply() {
    for (winner, key) in ["and", "or", "not"].into_iter().enumerate() {
        let value = nested(60, |child| json!({ key: "x", "children": [child] }));
        let tree: Tree = serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(serde_json::to_value(&tree).unwrap(), value);
        let mut depth = 0;
        let mut tree = &tree;
        while let Some(child) = match (tree, winner) {
            (Tree::And(and), 0) => and.children.as_ref(),
            (Tree::Or(or), 1) => or.children.as_ref(),
            (Tree::Not(not), 2) => not.children.as_ref(),
            (Tree::Leaf(_), _) => None,
            _ => panic!("{tree:?}"),
        } {
            (tree, depth) = (&child[0], depth + 1);
        }
        assert_eq!(depth, 60);
    }
}

#[test]
fn a_wide_tree_keeps_every_leaf() {
    let leaves: Vec<Value> = (0..50).map(|leaf| json!(leaf.to_string())).collect();
    let level = |child: Value| json!({ "or": "x", "children": [child, { "not": "y" }, leaves.clone()] });
    let value = nested(20, level);
    let tree: Tree = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&tree).unwrap(), value);
}

#[test]
fn a_value_deeper_than_any_document_is_kept_as_it_is() {
    let deep = nested(1_000, |child| Value::Array(vec![child]));
    let tree = Tree::from(deep.clone());
    assert!(matches!(&tree, Tree::Other(kept) if *kept == deep));
    let mut object = Map::new();
    object.insert("or".to_owned(), json!("x"));
    object.insert("children".to_owned(), json!([deep]));
    assert!(matches!(Tree::from(Value::Object(object)), Tree::Other(_)));
}
