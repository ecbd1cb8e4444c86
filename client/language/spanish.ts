/** The whole Spanish catalogue, fetched only by who reads it. */
import { es } from './es.ts'
import { esAhead } from './esAhead.ts'
import { esLayers } from './esLayers.ts'
import { esPast } from './esPast.ts'
import { esStory } from './esStory.ts'

export const spanish = { ...es, ...esStory, ...esLayers, ...esPast, ...esAhead }
