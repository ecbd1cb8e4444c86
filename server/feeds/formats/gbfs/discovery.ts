/** What a system publishes besides: the files that gbfs.json lists, and what system_information must say. */
import type { FeedLink } from '../../content.ts'
import { isObject, listAt, textAt } from '../../json.ts'
import { webAddressOf } from '../../plausible.ts'
import { withinLimit } from '../../records.ts'
import type { GbfsDocument } from './documents.ts'
import { requireKeys, textsAt, type GbfsReading } from './values.ts'

/** Of the first language, where there is a list for each. */
export function linksOf({ data, name }: GbfsDocument, reading: GbfsReading): readonly FeedLink[] {
  const { deviations } = reading
  const feeds = listAt(data, 'feeds') ?? Object.values(data).flatMap((by) => listAt(by, 'feeds') ?? [])
  const links = new Map<string, FeedLink>()
  for (const [i, feed] of withinLimit(feeds, name, reading).entries()) {
    const where = `${name}/feeds/${i}`
    const [called, url] = [textAt(feed, 'name'), webAddressOf(textAt(feed, 'url'))]
    if (called === '') requireKeys(isObject(feed) ? feed : {}, ['name'], where, reading)
    else if (url === '')
      deviations.add('format', 'error', `${where}/url`, textAt(feed, 'url'), 'a web address')
    else if (!links.has(called)) links.set(called, { name: called, url })
  }
  if (!links.has('system_information'))
    deviations.add('contains', 'error', `${name}/feeds`, undefined, 'system_information, which is required')
  return [...links.values()]
}

export function noteSystem({ data, major, name }: GbfsDocument, reading: GbfsReading): void {
  const ofVersion = major < 3 ? ['language'] : ['languages', 'opening_hours', 'feed_contact_email']
  requireKeys(data, ['system_id', 'name', 'timezone', ...ofVersion], name, reading)
  textsAt(data, 'name', name, reading)
}
