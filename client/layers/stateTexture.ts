/** States of many things as a texture of four bytes a thing, which shaders look up by row. */
import type { Device, Texture } from '@luma.gl/core'

const WIDTH = 1024

export interface StateTexture {
  /** Four bytes a row. */
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  /** Counts up with each change; a layer uploads when it differs from what it has. */
  version: number
}

export function makeStates(rows: number): StateTexture {
  const height = Math.max(1, Math.ceil(rows / WIDTH))
  return { bytes: new Uint8Array(WIDTH * height * 4), width: WIDTH, height, version: 0 }
}

/** States on the GPU, as of one version of them. */
export interface ShownStates {
  readonly texture: Texture
  version: number
}

export function showStates(device: Device, states: StateTexture): ShownStates {
  const texture = device.createTexture({
    format: 'rgba8unorm',
    width: states.width,
    height: states.height,
    data: states.bytes,
    sampler: { minFilter: 'nearest', magFilter: 'nearest' },
  })
  return { texture, version: states.version }
}

/** Uploads the states if they changed since. */
export function updateShown(shown: ShownStates, states: StateTexture): void {
  if (shown.version === states.version) return
  shown.texture.writeData(states.bytes, { width: states.width, height: states.height })
  shown.version = states.version
}
