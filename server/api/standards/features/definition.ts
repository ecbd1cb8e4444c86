/** The definition of the features' addresses, OpenAPI 3.0 as OGC API Features' conformance class oas30 wants it. */
import { DEFAULT_LIMIT, MOST_FEATURES } from './query.ts'
import type { FeatureLayer } from './layers.ts'

const json = (schema: object, type = 'application/json') => ({ content: { [type]: { schema } } })
const object = { type: 'object' }
const collection = { type: 'object', required: ['id', 'links'] }
const ofItems = {
  type: 'object',
  required: ['type', 'features', 'links', 'timeStamp', 'numberMatched', 'numberReturned'],
  properties: {
    type: { type: 'string', enum: ['FeatureCollection'] },
    features: {
      type: 'array',
      items: { type: 'object', required: ['type', 'id', 'geometry', 'properties'] },
    },
    links: { type: 'array', items: object },
    timeStamp: { type: 'string', format: 'date-time' },
    numberMatched: { type: 'integer', minimum: 0 },
    numberReturned: { type: 'integer', minimum: 0 },
  },
}

const format = {
  name: 'f',
  in: 'query',
  description: 'The form of the answer.',
  schema: { type: 'string', enum: ['json'] },
}
const itemParameters = [
  format,
  {
    name: 'bbox',
    in: 'query',
    description:
      'west,south,east,north in degrees (CRS84); what touches it is given. Six numbers hold heights too.',
    style: 'form',
    explode: false,
    schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  },
  {
    name: 'datetime',
    in: 'query',
    description:
      'An instant or an interval (from/until, .. where open), RFC 3339, of the city’s clock. A report counts from when it was opened, everything else is as of now.',
    schema: { type: 'string' },
  },
  {
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: MOST_FEATURES, default: DEFAULT_LIMIT },
    style: 'form',
    explode: false,
  },
  {
    name: 'offset',
    in: 'query',
    description: 'How many to pass over; the link `next` has it.',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
]

/** `address` is of the landing page, without a slash at its end. */
export function definitionOf(address: string, cityName: string, layers: readonly FeatureLayer[]): object {
  const collectionId = {
    name: 'collectionId',
    in: 'path',
    required: true,
    schema: { type: 'string', enum: layers.map(({ id }) => id) },
  }
  const featureId = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } }
  const get = (operationId: string, summary: string, parameters: object[], answer: object) => ({
    get: {
      operationId,
      summary,
      parameters,
      responses: {
        200: { description: summary, ...answer },
        400: { $ref: '#/components/responses/Refused' },
        404: { $ref: '#/components/responses/Refused' },
        503: { $ref: '#/components/responses/Refused' },
      },
    },
  })
  return {
    openapi: '3.0.3',
    info: {
      title: `${cityName}, as its twin has it`,
      version: '1.0.0',
      description:
        'Every feature says in `kind` whether its values are measured, estimated or simulated, in `observed` as of when, and in `sources` by whose word.',
      license: { name: 'ODbL 1.0', url: 'https://opendatacommons.org/licenses/odbl/1-0/' },
    },
    servers: [{ url: address }],
    paths: {
      '/': get('getLandingPage', 'The landing page', [format], json(object)),
      '/conformance': get('getConformance', 'What is conformed to', [format], json(object)),
      '/collections': get('getCollections', 'All collections', [format], json(object)),
      '/collections/{collectionId}': get(
        'describeCollection',
        'One collection',
        [collectionId, format],
        json(collection),
      ),
      '/collections/{collectionId}/items': get(
        'getFeatures',
        'Features of a collection',
        [collectionId, ...itemParameters],
        json(ofItems, 'application/geo+json'),
      ),
      '/collections/{collectionId}/items/{featureId}': get(
        'getFeature',
        'One feature',
        [collectionId, featureId, format],
        json(object, 'application/geo+json'),
      ),
    },
    components: {
      responses: {
        Refused: {
          description: 'What came and what was due.',
          ...json({
            type: 'object',
            required: ['code'],
            properties: { code: { type: 'string' }, description: { type: 'string' } },
          }),
        },
      },
    },
  }
}
