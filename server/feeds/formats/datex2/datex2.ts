/**
 * DATEX II 2.3 and 3, XML and JSON: measured data, tables of measurement sites, situations. Sites of a table that came in a document
 * of its own are handed over as `settings.sites` (readSiteTable makes them).
 */
import * as v from 'valibot'
import type { FeedContent, RoadEvent } from '../../content.ts'
import { FeedError, headOf, type FeedFormat } from '../../format.ts'
import { madeMsOf } from '../../made.ts'
import { MeasurementColumns } from '../../measurementColumns.ts'
import { settingsOf } from '../../settings.ts'
import { textOf } from '../../xml.ts'
import { classOf, publicationsOf } from './document.ts'
import { addMeasurements } from './measured.ts'
import { addEvents } from './situation.ts'
import { addSites, featuresOf, siteTableSchema, type MeasurementSite } from './siteTable.ts'

const settingsSchema = v.strictObject({ sites: v.optional(siteTableSchema, {}) })

export const datex2: FeedFormat = {
  title: 'DATEX II',
  id: 'datex2',
  isLike(file) {
    const head = headOf(file)
    if (head.startsWith('<')) return /<(?:\w+:)?d2LogicalModel[\s>]|datex2\.eu\/schema/.test(head)
    return (
      head.startsWith('{') &&
      /"(?:D2Payload|modelBaseVersionG?|(?:sit|situation|roa|roadTrafficData)[A-Z]\w*Publication)"/.test(head)
    )
  },
  read(file, options, deviations): FeedContent {
    const sites = new Map<string, MeasurementSite>(
      Object.entries(settingsOf(settingsSchema, options.settings).sites),
    )
    const publications = publicationsOf(file)
    const hasTable = publications.map((one) => addSites(one, sites, deviations))
    const rows = new MeasurementColumns(options.nowMs, deviations)
    const hasMeasured = publications.map((one) => addMeasurements(one, sites, options, rows, deviations))
    const events = new Map<string, RoadEvent>()
    const hasSituations = publications.map((one) => addEvents(one, options, events, deviations))
    let isRead = false
    for (const [i, publication] of publications.entries()) {
      if (hasTable[i] || hasMeasured[i] || hasSituations[i]) isRead = true
      else {
        const came = classOf(publication) || (publication.children[0]?.name ?? 'nothing')
        deviations.add(
          'publicationNotRead',
          'warning',
          `publication ${i + 1}`,
          came,
          'measured data, sites or situations',
        )
      }
    }
    if (!isRead)
      throw new FeedError(
        `${file.name}: ${classOf(publications[0])} came, measured data, sites or situations are due`,
      )
    return {
      madeMs: madeMsOf(textOf(publications[0], 'publicationTime'), options, deviations),
      ...(hasMeasured.includes(true) && { measurements: rows.columns() }),
      ...(hasSituations.includes(true) && { roadEvents: [...events.values()] }),
      ...(hasTable.includes(true) && { features: featuresOf(sites) }),
    }
  },
}
