/** `/catalogue.jsonld`: every dataset that this server holds or gives out, by DCAT-AP 3.0.1, for portals that harvest catalogues. */
import { Router as makeRouter, type Router } from 'express'
import type { CityInfo } from '../../../../twin/city.ts'
import { stillStarting, type ApiContext } from '../../context.ts'
import type { DatasetName } from '../../../loop/cityFolder.ts'
import { tellFeed } from '../../feeds.ts'
import { featureLayers } from '../features/layers.ts'
import { ownAddress } from '../ownAddress.ts'
import {
  ofAlarms,
  ofBuses,
  ofFeed,
  ofFile,
  ofLayer,
  ofReports,
  type Access,
  type Dataset,
  type Words,
} from './datasets.ts'

const PUBLIC = 'http://publications.europa.eu/resource/authority/access-right/PUBLIC'
const IANA = 'https://www.iana.org/assignments/media-types/'

/** Written out, so that a reader fetches nothing to understand it. */
const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  geo: 'http://www.opengis.net/ont/geosparql#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

export function catalogueRoutes(context: ApiContext): Router {
  const router = makeRouter()
  router.get('/catalogue.jsonld', (request, response) => {
    const { city, folder } = context
    if (city === undefined || folder === undefined) return stillStarting(response)
    const { info } = city
    // what the twin works out is made from the city's files, and shares their terms
    const licence = info.files.find(({ file }) => file === 'network.bin.gz')?.licence ?? 'ODbL 1.0'
    const datasets = [
      ...info.files.map((file) => ofFile(file, (name) => folder.datasets.has(name as DatasetName))),
      ...featureLayers.filter((layer) => layer.has(city)).map((layer) => ofLayer(layer, licence)),
      ofAlarms(licence),
      ...(city.timetable === undefined ? [] : [ofBuses(licence)]),
      ...(city.services === undefined ? [] : [ofReports(info, licence)]),
      ...context.feeds.all.map((feed) => ofFeed(tellFeed(feed))),
    ]
    response
      .set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' })
      .type('application/ld+json')
      .send(JSON.stringify(catalogueOf(info, datasets, ownAddress(context, request))))
  })
  return router
}

/** `address` is the server's own, without a slash at the end. */
export function catalogueOf(info: CityInfo, datasets: readonly Dataset[], address: string): object {
  const self = `${address}/catalogue.jsonld`
  return {
    '@context': CONTEXT,
    '@id': self,
    '@type': 'dcat:Catalog',
    'dct:title': texts({ en: `Citytwin: ${info.name}` }),
    'dct:description': texts({
      en: 'What a real-time twin of the city is made from, and what it gives out. Whether a value is measured or simulated is said of each value.',
      es: 'De qué está hecho un gemelo de la ciudad en tiempo real, y qué entrega. De cada valor se dice si es medido o simulado.',
    }),
    'dct:publisher': agent({ name: `whoever runs this server of ${info.name}` }),
    'dct:spatial': location(info),
    'dcat:dataset': datasets.map((dataset) => entry(dataset, info, self, address)),
  }
}

function entry(dataset: Dataset, info: CityInfo, self: string, address: string): object {
  const { id, title, description, owner, made, month, everyS, from, licence } = dataset
  const own = `${self}#${id}`
  return {
    '@id': own,
    '@type': 'dcat:Dataset',
    'dct:identifier': id,
    'dct:title': texts(title),
    'dct:description': texts(description),
    'dct:publisher': agent(owner),
    ...(owner.contact !== undefined && {
      'dcat:contactPoint': { '@type': 'vcard:Kind', 'vcard:fn': owner.name, 'vcard:note': owner.contact },
    }),
    'dct:provenance': { '@type': 'dct:ProvenanceStatement', 'rdfs:label': texts(made) },
    'dct:accessRights': { '@id': PUBLIC, '@type': 'dct:RightsStatement' },
    'dct:spatial': location(info),
    ...(month !== undefined && { 'dct:issued': { '@value': month, '@type': 'xsd:gYearMonth' } }),
    ...(everyS !== undefined && {
      'dcat:temporalResolution': { '@value': `PT${everyS}S`, '@type': 'xsd:duration' },
    }),
    'dcat:distribution': from.map((access, i) => distribution(access, `${own}-${i}`, licence, address)),
  }
}

function distribution(
  { path, mediaType, standard }: Access,
  id: string,
  licence: string,
  address: string,
): object {
  return {
    '@id': id,
    '@type': 'dcat:Distribution',
    'dcat:accessURL': { '@id': `${address}${path}`, '@type': 'rdfs:Resource' },
    'dcat:mediaType': { '@id': `${IANA}${mediaType}`, '@type': 'dct:MediaType' },
    'dct:license': { '@type': 'dct:LicenseDocument', 'rdfs:label': licence },
    ...(standard !== undefined && { 'dct:conformsTo': { '@id': standard, '@type': 'dct:Standard' } }),
  }
}

function texts(words: Words): object[] {
  return Object.entries(words).map(([language, text]) => ({
    '@value': text as string,
    '@language': language,
  }))
}

function agent({ name, role }: Dataset['owner']): object {
  return {
    '@type': 'foaf:Agent',
    'foaf:name': name,
    ...(role !== undefined && { 'rdfs:comment': role }),
  }
}

function location({ bounds: [west, south, east, north] }: CityInfo): object {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  const wkt = `POLYGON((${ring.map((at) => at.join(' ')).join(', ')}))`
  return { '@type': 'dct:Location', 'dcat:bbox': { '@value': wkt, '@type': 'geo:wktLiteral' } }
}
