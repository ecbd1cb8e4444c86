/** The voltages that customers may be served at, per unit: below the lower one the city's indicator is off its limit; the upper is its mirror, as in ANSI C84.1, range A. */
import { indicators } from '../../../twin/objectives/indicators.ts'

const LOWEST_PU = indicators.find(({ id }) => id === 'minVoltagePu')?.limit ?? 0.95

export const VOLTAGE_BAND_PU: readonly [low: number, high: number] = [LOWEST_PU, 2 - LOWEST_PU]
