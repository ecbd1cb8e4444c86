/**
 * The JSON Schema (2020-12) of scenario files, made from the very schema that reads them; `public/docs/scenario.schema.json` is its
 * text. One rule it cannot say, that every edit has an id of its own; and it counts letters by code points, the reader by UTF-16 units.
 */
import type * as v from 'valibot'
import { scenarioSchema } from './document.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

/** What is read of a schema or an action of valibot, whichever it is. */
interface Part {
  readonly kind: 'schema' | 'validation' | 'transformation' | 'metadata'
  readonly type: string
  readonly entries?: Readonly<Record<string, Part>>
  readonly wrapped?: Part
  readonly pipe?: readonly Part[]
  readonly options?: readonly Part[]
  readonly item?: Part
  readonly items?: readonly Part[]
  readonly literal?: unknown
  readonly requirement?: unknown
  readonly message?: unknown
}

export function scenarioJsonSchema(): JsonSchema {
  const defs: Record<string, JsonSchema> = {}
  const { properties, ...rest } = schemaOf(scenarioSchema, defs)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Citytwin scenario',
    description: 'What if: where a city begins, what is edited, what is asked. See scenarios.md.',
    $comment: 'Beside this, every edit has an id of its own.',
    ...rest,
    properties,
    $defs: defs,
  }
}

/** Of any schema that scenario files are made of. What is a choice by kind is put into `defs`; throws at what it does not know. */
export function schemaOf(schema: v.GenericSchema, defs: Record<string, JsonSchema>): JsonSchema {
  // valibot keeps its parts in the open, but not in its types
  return ofPart(schema as unknown as Part, defs)
}

function ofPart(part: Part, defs: Record<string, JsonSchema>): JsonSchema {
  const [, ...actions] = part.pipe ?? []
  return actions.reduce<JsonSchema>(
    (said, action) => ({ ...said, ...ofAction(action, said) }),
    ofType(part, defs),
  )
}

function ofType(part: Part, defs: Record<string, JsonSchema>): JsonSchema {
  switch (part.type) {
    case 'string':
      return { type: 'string' }
    case 'number':
      return { type: 'number' }
    case 'literal':
      return { const: part.literal }
    case 'picklist':
      return { enum: part.options }
    case 'array':
      return { type: 'array', items: ofPart(part.item!, defs) }
    // what comes after its items is left out by the reader
    case 'tuple':
      return {
        type: 'array',
        prefixItems: part.items!.map((item) => ofPart(item, defs)),
        minItems: part.items!.length,
      }
    case 'strict_object':
      return ofObject(part, defs)
    case 'variant':
      return { oneOf: part.options!.map((option) => named(option, defs)) }
    default:
      throw new Error(`json schema: there is no word for ${part.type}`)
  }
}

function ofObject({ entries = {} }: Part, defs: Record<string, JsonSchema>): JsonSchema {
  const all = Object.entries(entries)
  return {
    type: 'object',
    properties: Object.fromEntries(
      all.map(([key, entry]) => [key, ofPart(entry.type === 'optional' ? entry.wrapped! : entry, defs)]),
    ),
    required: all.filter(([, { type }]) => type !== 'optional').map(([key]) => key),
    additionalProperties: false,
  }
}

/** A kind under its own name. */
function named(option: Part, defs: Record<string, JsonSchema>): JsonSchema {
  const name = String(option.entries!['kind'].literal)
  defs[name] = ofPart(option, defs)
  return { $ref: `#/$defs/${name}` }
}

function ofAction({ type, requirement, message }: Part, said: JsonSchema): JsonSchema {
  const isText = said['type'] === 'string'
  switch (type) {
    case 'min_length':
      return { [isText ? 'minLength' : 'minItems']: requirement }
    case 'max_length':
      return { [isText ? 'maxLength' : 'maxItems']: requirement }
    case 'regex':
    case 'iso_date':
    case 'iso_timestamp':
      return { pattern: (requirement as RegExp).source }
    case 'integer':
      return { type: 'integer' }
    case 'min_value':
      return { minimum: requirement }
    case 'max_value':
      return { maximum: requirement }
    case 'check':
      if (message === 'every row once') return { uniqueItems: true }
      if (message === 'every id once') return {}
      throw new Error(`json schema: there is no word for "${String(message)}"`)
    default:
      throw new Error(`json schema: there is no word for ${type}`)
  }
}
