/** The whole English catalogue, fetched when the first words stand. */
import { en } from './en.ts'
import { enAhead } from './enAhead.ts'
import { enFirst } from './enFirst.ts'
import { enLayers } from './enLayers.ts'
import { enPast } from './enPast.ts'
import { enStory } from './enStory.ts'

export const english = { ...enFirst, ...en, ...enStory, ...enLayers, ...enPast, ...enAhead }
