/** How layers lay their colours over what is there; all write colours already multiplied by their opacity. */

const shared = { depthWriteEnabled: false, depthCompare: 'always', blend: true } as const

/** Covers what is below in proportion to its opacity. */
export const covering = {
  ...shared,
  blendColorOperation: 'add',
  blendColorSrcFactor: 'one',
  blendColorDstFactor: 'one-minus-src-alpha',
  blendAlphaOperation: 'add',
  blendAlphaSrcFactor: 'one',
  blendAlphaDstFactor: 'one-minus-src-alpha',
} as const

/** Of two lights the brighter is seen, so that pieces which overlap do not add up. */
export const brightest = {
  ...shared,
  blendColorOperation: 'max',
  blendColorSrcFactor: 'one',
  blendColorDstFactor: 'one',
  blendAlphaOperation: 'max',
  blendAlphaSrcFactor: 'one',
  blendAlphaDstFactor: 'one',
} as const
