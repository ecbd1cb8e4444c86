/** Names are lettered in the reader's script where the map or the rules of romanisation have it. */
import { expect, it } from 'vitest'
import { nameTags } from '../../../data/recipes/mapNames.ts'

it('a name in Latin letters has one way to be written', () => {
  expect(nameTags({ name: 'Avenida 18 de Julio' })).toEqual({ name: 'Avenida 18 de Julio' })
  expect(nameTags({ name: 'Peñarol', 'name:en': 'Peñarol' })).toEqual({ name: 'Peñarol' })
  expect(nameTags({})).toEqual({})
})

it('what the map says in English comes before what rules say', () => {
  expect(nameTags({ name: 'проспект Кабанбай Батыра', 'name:en': 'Kabanbay Batyr Avenue' })).toEqual({
    name: 'проспект Кабанбай Батыра',
    name_latin: 'Kabanbay Batyr Avenue',
  })
  expect(nameTags({ name: 'Астана', int_name: 'Astana' })).toMatchObject({ name_latin: 'Astana' })
})

it('a script without rules here stays as it is', () => {
  expect(nameTags({ name: '서울' })).toEqual({ name: '서울' })
})
