/** What the wall says of an indicator: nothing, unless it is not as it should be. */
import { describe, expect, it } from 'vitest'
import { troubleWith } from '../../../client/shell/indicatorProvenance.ts'
import { FOREVER, type Provenance } from '../../../twin/kernel/provenance.ts'

const good: Provenance = {
  kind: 'simulated',
  quality: 'good',
  sources: 1,
  observedTick: 1000,
  validUntilTick: FOREVER,
}
const trouble = (change: Partial<Provenance>, tick = 1250, speed = 1) =>
  troubleWith({ provenance: { ...good, ...change }, tick, showing: { kind: 'live' }, info: undefined }, speed)

describe('an indicator', () => {
  it('that is good and of these seconds says nothing', () => {
    expect(trouble({})).toBeUndefined()
    expect(trouble({}, 1750)).toBeUndefined()
  })

  it('that is older than three measurements says its age, by the viewer’s time', () => {
    expect(trouble({}, 1000 + 50 * 60)).toBe('1 min ago')
    expect(trouble({}, 1000 + 50 * 60, 20)).toBeUndefined()
  })

  it('that is not good says so by a mark and a word', () => {
    expect(trouble({ quality: 'uncertain' })).toBe('△ uncertain')
    expect(trouble({ quality: 'bad' }, 1000 + 50 * 120)).toBe('✕ no reliable value · 2 min ago')
  })
})
