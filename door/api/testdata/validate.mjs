// Reads {document, answers} from the standard input and prints what is wrong with them as a JSON
// list: the document against OpenAPI 3.1, every schema in it against JSON Schema 2020-12, and
// every answer against the schema that the document gives for it.
import { readFileSync } from "node:fs"
import { Validator } from "@seriousme/openapi-schema-validator"
import Ajv from "ajv/dist/2020.js"
import formats from "ajv-formats"

const { document, answers } = JSON.parse(readFileSync(0, "utf8"))
const wrong = []
const found = await new Validator().validate(structuredClone(document))
if (!found.valid) wrong.push(...[found.errors].flat().map(e => `the document: ${e.instancePath ?? ""} ${e.message ?? e}`))

const ajv = new Ajv({ strict: false, allErrors: true })
formats(ajv)
ajv.addSchema({ $id: "cairn:api", ...document })
const compiled = new Map()
function schemaAt(...steps) {
  const $ref = "cairn:api#/" + steps.map(s => encodeURIComponent(s.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")
  if (!compiled.has($ref)) compiled.set($ref, ajv.compile({ $ref }))
  return compiled.get($ref)
}

for (const name of Object.keys(document.components.schemas)) {
  if (!ajv.validateSchema({ $schema: "https://json-schema.org/draft/2020-12/schema", ...document.components.schemas[name] }))
    wrong.push(`schema ${name}: ${ajv.errorsText()}`)
  try { schemaAt("components", "schemas", name) } catch (e) { wrong.push(`schema ${name}: ${e.message}`) }
}
for (const { method, path, status, type, body } of answers) {
  const operation = document.paths[path]?.[method.toLowerCase()]
  const response = operation?.responses[status]
  if (!response) { wrong.push(`${method} ${path}: ${status} is not described`); continue }
  const steps = response.$ref ? response.$ref.slice(2).split("/") : ["paths", path, method.toLowerCase(), "responses", String(status)]
  const described = steps.reduce((o, s) => o[s], document)
  if (!described.content) { if (body !== "") wrong.push(`${method} ${path}: ${status} has a body`); continue }
  if (!described.content[type]) { wrong.push(`${method} ${path}: ${status} is ${type}`); continue }
  const check = schemaAt(...steps, "content", type, "schema")
  if (!check(JSON.parse(body))) wrong.push(`${method} ${path}: ${status}: ${ajv.errorsText(check.errors)}`)
}
console.log(JSON.stringify(wrong))
