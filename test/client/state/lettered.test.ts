/** A city is lettered once for who reads Latin letters; one that is already is left alone. */
import { expect, it } from 'vitest'
import { inLatin } from '../../../client/state/lettered.ts'

const cityOf = (street: string, stop: string, district: string) =>
  ({
    network: { names: { text: ['', street] }, links: {} },
    zones: { zones: { name: ['', district] } },
    timetable: { stops: { name: [stop] }, patterns: { headsign: [stop] } },
  }) as never

it('streets, stops and districts change their letters, numbers stay', () => {
  const city = inLatin(cityOf('улица Есил, 7', 'Вокзал', 'Сарыарка'))
  expect(city.network.names.text).toEqual(['', 'ulitsa Yesil, 7'])
  expect(city.timetable?.stops.name).toEqual(['Vokzal'])
  expect(city.timetable?.patterns.headsign).toEqual(['Vokzal'])
  expect(city.zones.zones.name).toEqual(['', 'Saryarka'])
  expect(city.grid).toBeUndefined()
})

it('a city in Latin letters is the same object', () => {
  const city = cityOf('Avenida Brasil', 'Plaza Zabala', 'Pocitos')
  expect(inLatin(city)).toBe(city)
})
