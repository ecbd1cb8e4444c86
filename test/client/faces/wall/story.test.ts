/** The walk-up story: ninety seconds, each view long enough to read, in the language that was asked for. */
import { beforeAll, expect, test } from 'vitest'
import { storyOf, type StoryFacts } from '../../../../client/faces/wall/steer/storyStops.ts'
import { currentLanguage, loadLanguage, say } from '../../../../client/language/language.ts'
import { domainIds, type DomainId } from '../../../../twin/domains.ts'
import { checkMessage } from '../../../../twin/protocol/messages.ts'
import { touchWallSchema } from '../../../../twin/protocol/wallMessages.ts'

beforeAll(() => loadLanguage('es'))

/** A city in which something can be told of these. */
function facts(telling: readonly DomainId[]): StoryFacts {
  return {
    city: { name: 'Small', timeZone: 'UTC' },
    timeMs: 18 * 3_600_000,
    indicators: { vehicles: 4200, buses: 300, loadW: 5e6, openRequests: 12 },
    home: { lng: -56.2, lat: -34.9, zoom: 11, bearing: 0, pitch: 0 },
    mostTelling: (domain) =>
      telling.includes(domain)
        ? {
            selection: { layer: domain, table: `${domain}.x`, row: 0 },
            title: say(`layer.${domain}`),
            detail: 'so much',
            at: [-56.1, -34.8],
          }
        : undefined,
  }
}

test.each([[domainIds], [domainIds.slice(1)], [[]]])(
  'of %j lasts ninety seconds, and a wall takes it',
  (telling) => {
    for (const language of ['en', 'es'] as const) {
      const story = storyOf(facts(telling), language)
      expect(story.stops).toHaveLength(2 + telling.length)
      expect(Math.abs(story.stops.length * story.stopS - 90)).toBeLessThanOrEqual(story.stops.length / 2)
      const message = { name: 'main', act: 'tell', ...story }
      expect(checkMessage(touchWallSchema, message)).toEqual({ value: message })
    }
  },
)

test('is told in the language that was asked for, and the wall keeps its own', () => {
  const english = storyOf(facts(domainIds), 'en').stops.map(({ text }) => text)
  const spanish = storyOf(facts(domainIds), 'es').stops.map(({ text }) => text)
  expect(english[0]).toContain('This is Small at 18:00')
  expect(english[0]).toContain('4,200')
  expect(spanish[0]).toContain('Esto es Small')
  expect(spanish[0]).toContain('4.200')
  // what the layers say as well
  expect(spanish[1]).toContain('Tráfico')
  for (const [i, text] of english.entries()) expect(spanish[i]).not.toBe(text)
  expect(currentLanguage()).toBe('en')
})
