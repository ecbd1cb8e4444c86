/** What a search has found is selected where the page can say something of it. */
import { expect, test } from 'vitest'
import { middleOf } from '../../../client/layers/linkGeometry.ts'
import { selectionOfPlace } from '../../../client/shell/showPlace.ts'
import { inLatin } from '../../../client/state/lettered.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
const { links, names } = city.network

test('a street that is found where one of its links lies selects that link, or one as near, of the same name', () => {
  for (let link = 0; link < links.name.length; link++) {
    const name = names.text[links.name[link]]
    if (name === '') continue
    const [lng, lat] = lngLatFromLocal(city.projection, middleOf(city.network, link))
    const found = selectionOfPlace(city, { kind: 'street', name, lng, lat })
    expect(found).toMatchObject({ layer: 'traffic', table: 'traffic.links' })
    expect(links.name[found!.row]).toBe(links.name[link])
    const [xM, yM] = middleOf(city.network, found!.row)
    const [atXM, atYM] = middleOf(city.network, link)
    expect(Math.hypot(xM - atXM, yM - atYM)).toBeLessThan(0.1)
  }
})

test('a stop is itself; a place and a street of another name are only gone to', () => {
  const at = { lng: 0, lat: 0 }
  expect(selectionOfPlace(city, { kind: 'stop', name: 'Plaza', row: 3, ...at })).toMatchObject({ row: 3 })
  expect(selectionOfPlace(city, { kind: 'place', name: 'Centro', ...at })).toBeUndefined()
  expect(selectionOfPlace(city, { kind: 'street', name: 'Nowhere', ...at })).toBeUndefined()
})

test('a street found by its own letters is selected where the page has it in the reader’s', () => {
  const own = { ...names, text: names.text.map((text) => text && `улица ${text}`) }
  const lettered = inLatin({ ...city, network: { ...city.network, names: own } })
  const [lng, lat] = lngLatFromLocal(city.projection, middleOf(city.network, 0))
  const place = { kind: 'street', name: own.text[links.name[0]], lng, lat } as const
  const found = selectionOfPlace(lettered, place)
  expect(links.name[found?.row ?? -1]).toBe(links.name[0])
})
