/** Design tokens: the colours of night and day, one type, one scale of sizes. Panels take them as CSS variables, layers as values. */

/** #rrggbb */
export type Color = `#${string}`

export interface Theme {
  readonly name: 'night' | 'day'
  readonly ground: Color
  readonly land: Color
  readonly water: Color
  readonly green: Color
  readonly building: Color
  readonly street: Color
  readonly hairline: Color
  readonly text: Color
  readonly quietText: Color
  /** Lit street lamps. */
  readonly lamp: Color
  /** Reserved for alarms and used for nothing else. */
  readonly alarm: {
    readonly critical: Color
    readonly high: Color
    readonly medium: Color
    readonly low: Color
  }
  /** Speed against free flow, from free to standing. */
  readonly traffic: readonly [Color, Color, Color, Color, Color]
  /** Loading against rating, from 0 to 100 %. */
  readonly power: readonly [Color, Color, Color, Color, Color]
  readonly car: Color
  readonly bus: Color
  readonly report: Color
}

export const night: Theme = {
  name: 'night',
  ground: '#14181C',
  land: '#191E23',
  water: '#10171D',
  green: '#1A2320',
  building: '#20262C',
  street: '#2A3138',
  hairline: '#2E353C',
  text: '#E6E8EA',
  quietText: '#B9C0C8',
  lamp: '#FFD9A0',
  alarm: { critical: '#FF5A4F', high: '#FFB000', medium: '#FFF27A', low: '#6FC3FF' },
  traffic: ['#5C6B75', '#8E86B8', '#C065C8', '#F04FA8', '#FFC4E6'],
  power: ['#2F4F4F', '#2F7F77', '#3DB39A', '#8FE3C2', '#E4FFF2'],
  car: '#D5DBE1',
  bus: '#FFF4DC',
  report: '#D8BE8E',
}
