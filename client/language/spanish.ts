/** The whole Spanish catalogue, fetched when the first words stand, only by who reads it. */
import { es } from './es.ts'
import { esAhead } from './esAhead.ts'
import { esFirst } from './esFirst.ts'
import { esLayers } from './esLayers.ts'
import { esPast } from './esPast.ts'
import { esStory } from './esStory.ts'

export const spanish = { ...esFirst, ...es, ...esStory, ...esLayers, ...esPast, ...esAhead }
