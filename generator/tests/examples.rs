//! The examples of a document come with the type of their schema and the place where they stand.
#![allow(clippy::expect_used, reason = "tests assert by panicking")]

use generator::Memory;

const CONFIG: &str = "
crate: { name: pets, version: 0.1.0, description: Pets, documentation: Pets, runtime: '1' }
apis: [{ module: v1, document: pets.yaml }]
";

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: limit, in: query, schema: { type: integer }, example: 7 }
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
              examples:
                none: { value: [] }
                one: { $ref: '#/components/examples/Rex' }
components:
  examples:
    Rex: { value: [{ name: Rex }] }
  schemas:
    Pet:
      type: object
      properties:
        name: { type: string, nullable: true, example: Rex }
    Unused: { type: object, example: { a: 1 } }
";

#[test]
fn each_has_its_type_and_its_place() {
    let reader = Memory::new().with("apis.yaml", CONFIG).with("pets.yaml", DOCUMENT);
    let (found, report) = generator::examples(&reader, "apis.yaml");
    assert!(!report.has_errors(), "{}", report.render(&reader));
    let lines: Vec<String> = found
        .iter()
        .flat_map(|api| &api.found)
        .map(|example| {
            let ty = example.rust_type.as_deref().unwrap_or("untyped");
            format!("{} {ty} {}", example.origin.pointer, example.value)
        })
        .collect();
    assert_eq!(
        lines,
        [
            "/paths/~1pets/get/parameters/0/example i64 7",
            "/paths/~1pets/get/responses/200/content/application~1json/examples/none/value Vec<models::Pet> []",
            "/components/examples/Rex/value Vec<models::Pet> [{\"name\":\"Rex\"}]",
            "/components/schemas/Pet models::Pet {\"name\":\"Rex\"}",
            "/components/schemas/Pet/properties/name/example Option<String> \"Rex\"",
            "/components/schemas/Unused/example untyped {\"a\":1}",
        ]
    );
    let first = found.first().expect("there is one API");
    assert_eq!(first.module, "v1");
    assert!(first.found.iter().all(|example| first.document.pointer(&example.schema).is_some()));
}
