/** Design tokens: the colours of night, day and high contrast, one type, one scale of sizes. Panels take them as CSS variables, layers as values. */

/** #rrggbb */
export type Color = `#${string}`

export interface Theme {
  readonly name: 'night' | 'day' | 'contrast'
  /** Light things on a dark ground. */
  readonly isDark: boolean
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
  isDark: true,
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

/**
 * Each role of the night at its own hue, its lightness mirrored in OKLCH onto warm paper and its chroma fitted so that alarms keep
 * 24 ΔE2000 from traffic and stay apart for three colour deficiencies; `theme.test.ts` measures both palettes.
 */
export const day: Theme = {
  name: 'day',
  isDark: false,
  ground: '#F4F2EC',
  land: '#EFECE4',
  water: '#D9E2E6',
  green: '#E3E8D8',
  building: '#E2DED3',
  street: '#D3CFC5',
  hairline: '#CBC7BC',
  text: '#22272C',
  quietText: '#4F565E',
  lamp: '#D9BE8C',
  alarm: { critical: '#8F0E0D', high: '#A97D12', medium: '#726E3B', low: '#18648F' },
  traffic: ['#ACB4BA', '#9A8DD7', '#AA4EB3', '#9A2C6A', '#4C183A'],
  power: ['#C3D5D5', '#7FB8B0', '#319A84', '#176D53', '#00402C'],
  car: '#66707A',
  bus: '#5E4925',
  report: '#7D5426',
}

/**
 * For eyes that need more contrast: white on black, text at least 7 to 1 and every mark that says something at least 4.5 to 1;
 * traffic keeps 24 ΔE2000 from alarms and its steps 7 from each other, whatever the deficiency. Streets are ground to what runs on them (3 to 1).
 */
export const contrast: Theme = {
  name: 'contrast',
  isDark: true,
  ground: '#000000',
  land: '#0B0E11',
  water: '#00131F',
  green: '#0D2113',
  building: '#23292F',
  street: '#5F676F',
  hairline: '#8A929A',
  text: '#FFFFFF',
  quietText: '#E3E7EB',
  lamp: '#FFD9A0',
  alarm: { critical: '#FF6A5C', high: '#FFB000', medium: '#FFF27A', low: '#6FC3FF' },
  traffic: ['#7D8082', '#A47CBF', '#D75DF1', '#F086DA', '#F9DFF2'],
  power: ['#4E8585', '#45A69B', '#58C9B0', '#9BEAD0', '#EAFFF6'],
  car: '#A6B0BA',
  bus: '#FFF4DC',
  report: '#EBD3A4',
}

export const themes = { night, day, contrast } as const
export type ThemeName = keyof typeof themes
export type Themes = Readonly<Record<ThemeName, Theme>>
export const themeNames: readonly ThemeName[] = ['night', 'day', 'contrast']

/** The theme as CSS custom properties: `--ground`, `--quiet-text`, `--alarm-critical`, `--traffic-0` … */
export function cssVariables(theme: Theme): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const [role, value] of Object.entries(theme)) {
    if (role === 'name' || role === 'isDark') continue
    const name = `--${role.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
    if (typeof value === 'string') variables[name] = value
    else for (const [key, color] of Object.entries(value)) variables[`${name}-${key}`] = color as string
  }
  return variables
}
