/** Edits of the weather. */
import * as v from 'valibot'
import { editKind } from '../editKind.ts'
import { refused } from '../refusals.ts'

/** The air is warmer by so many degrees, at every hour. */
export const heatwave = editKind(
  'heatwave',
  { addedC: v.pipe(v.number(), v.minValue(0.1), v.maxValue(15)) },
  ({ addedC }, { grid }) =>
    grid === undefined
      ? refused('noGrid')
      : { settings: [{ target: 'temperatureAddedC', row: 0, value: addedC }] },
)

/** Gusts take lines down, clouds take the sun, and the air cools. */
export const storm = editKind(
  'storm',
  {
    gustMps: v.pipe(v.number(), v.minValue(1), v.maxValue(80)),
    /** Share of the sun's power that clouds take. */
    sunLostShare: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    cooledC: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(20))),
  },
  ({ gustMps, sunLostShare = 0, cooledC = 0 }, { grid }) =>
    grid === undefined
      ? refused('noGrid')
      : {
          settings: [
            { target: 'gustMps', row: 0, value: gustMps },
            { target: 'sunFactor', row: 0, value: 1 - sunLostShare },
            { target: 'temperatureAddedC', row: 0, value: -cooledC },
          ],
        },
)
