/** The kinds of problem a resident can report, after the three levels of Montevideo's own system (area > group > type). */
import type { Service, Services } from '../../twin/reports/services.ts'

/**
 * Reports a day and 100,000 residents, all municipal kinds together: Montevideo registered 1,700,608 reports from 2010
 * to August 2026 (Sistema Único de Reclamos), 280 a day, among 1.31 million residents.
 */
export const MUNICIPAL_REPORTS_PER_DAY_PER_100K = 21.3

/** Of those that were closed, 2024 to 2026: median 8 days, 47.6 % within a week, 11.8 % after more than 90 days. */
export const CLOSURE_FACTS = { medianHours: 192, shareWithinWeek: 0.476, shareOver90Days: 0.118 } as const

interface Kind extends Omit<Service, 'perDayPer100k'> {
  /** Share of the municipal reports; of utilities, in proportion to them. */
  readonly share: number
}

// The split by kind is assumed, and so is each median. Their mixture meets CLOSURE_FACTS (tested), and their order is as
// published: public space and sewers close fast, trees and streets carry a long tail.
const kinds: readonly Kind[] = [
  {
    serviceCode: 'waste-container',
    group: 'waste',
    name: { en: 'Overflowing waste container', es: 'Contenedor desbordado' },
    agency: 'City cleaning',
    shape: 'square',
    share: 0.2,
    medianHours: 84,
    cause: 'none',
  },
  {
    serviceCode: 'waste-dumped',
    group: 'waste',
    name: { en: 'Dumped waste', es: 'Basural o residuos voluminosos' },
    agency: 'City cleaning',
    shape: 'square',
    share: 0.1,
    medianHours: 192,
    cause: 'none',
  },
  {
    serviceCode: 'street-light',
    group: 'lighting',
    name: { en: 'Street light out', es: 'Luminaria apagada' },
    agency: 'Public lighting',
    shape: 'circle',
    share: 0.16,
    medianHours: 168,
    cause: 'none',
  },
  {
    serviceCode: 'pothole',
    group: 'streets',
    name: { en: 'Pothole', es: 'Pozo en la calzada' },
    agency: 'Streets and pavements',
    shape: 'triangle',
    share: 0.09,
    medianHours: 1200,
    cause: 'none',
  },
  {
    serviceCode: 'pavement',
    group: 'streets',
    name: { en: 'Broken pavement', es: 'Vereda rota' },
    agency: 'Streets and pavements',
    shape: 'triangle',
    share: 0.06,
    medianHours: 2000,
    cause: 'none',
  },
  {
    serviceCode: 'tree',
    group: 'trees',
    name: { en: 'Tree or branch', es: 'Árbol o rama' },
    agency: 'Green areas',
    shape: 'diamond',
    share: 0.14,
    medianHours: 1080,
    cause: 'none',
  },
  {
    serviceCode: 'sewer',
    group: 'water',
    name: { en: 'Blocked drain or sewer', es: 'Boca de tormenta o saneamiento obstruido' },
    agency: 'Sewers',
    shape: 'diamond',
    share: 0.1,
    medianHours: 96,
    cause: 'none',
  },
  {
    serviceCode: 'public-space',
    group: 'publicSpace',
    name: { en: 'Square or playground', es: 'Plaza o espacio público' },
    agency: 'Public space',
    shape: 'square',
    share: 0.05,
    medianHours: 96,
    cause: 'none',
  },
  {
    serviceCode: 'noise',
    group: 'noise',
    name: { en: 'Noise', es: 'Ruidos molestos' },
    agency: 'Environmental control',
    shape: 'circle',
    share: 0.04,
    medianHours: 240,
    cause: 'none',
  },
  {
    serviceCode: 'traffic-signal',
    group: 'traffic',
    name: { en: 'Traffic signal out', es: 'Semáforo apagado' },
    agency: 'Mobility',
    shape: 'cross',
    share: 0.03,
    medianHours: 24,
    cause: 'darkSignal',
  },
  {
    serviceCode: 'street-blocked',
    group: 'traffic',
    name: { en: 'Blocked street', es: 'Calle trancada' },
    agency: 'Mobility',
    shape: 'triangle',
    share: 0.03,
    medianHours: 12,
    cause: 'queue',
  },
  // Utilities answer for these; they come on top of the municipal ones. Their rates are assumed too.
  {
    serviceCode: 'power-outage',
    group: 'power',
    name: { en: 'Power outage', es: 'Corte de luz' },
    agency: 'Electric utility',
    shape: 'cross',
    share: 0.1,
    medianHours: 3,
    cause: 'outage',
  },
  {
    serviceCode: 'water-leak',
    group: 'water',
    name: { en: 'Water leak', es: 'Pérdida de agua' },
    agency: 'Water utility',
    shape: 'circle',
    share: 0.1,
    medianHours: 48,
    cause: 'none',
  },
]

/** Agencies that are not the city's own. */
export const utilityAgencies: readonly string[] = ['Electric utility', 'Water utility']

/** Every report category, ready for `reports.json`. */
export function makeServices(): Services {
  return {
    services: kinds.map(({ share, ...kind }) => ({
      ...kind,
      perDayPer100k: Math.round(share * MUNICIPAL_REPORTS_PER_DAY_PER_100K * 100) / 100,
    })),
  }
}
