/** The number of its line over each bus: one instance a bus, carried along by the same plan and formula as the bus itself. */
import type { UpdateParameters } from '@deck.gl/core'
import type { Device, Texture } from '@luma.gl/core'
import { SLOT_BYTES, SLOTS, type PlanBook } from '../../state/planBook.ts'
import { InstanceLayer, objectProps, type InstanceDrawing, type InstanceState } from '../instanceLayer.ts'
import type { DrawClock } from '../layer.ts'
import { makeLinkTexture, type LinkTexture } from '../linkTexture.ts'
import { placeOnLink } from '../moverShader.ts'
import { matrixOf, type Plane } from '../plane.ts'
import { COLUMNS, type LabelAtlas } from './labelAtlas.ts'

/** A slot of the plan book, and the label's cell. */
const STRIDE = SLOT_BYTES + 4

const block = /* glsl */ `
layout(std140) uniform labelUniforms {
  mat4 matrix;
  vec2 viewport;
  vec2 sizePx;
  float timeS;
  float unitsPerM;
  float risePx;
  float rows;
} label;
`
const labelUniforms = {
  name: 'label',
  vs: block,
  fs: block,
  uniformTypes: {
    matrix: 'mat4x4<f32>',
    viewport: 'vec2<f32>',
    sizePx: 'vec2<f32>',
    timeS: 'f32',
    unitsPerM: 'f32',
    risePx: 'f32',
    rows: 'f32',
  },
} as const

const vs = /* glsl */ `#version 300 es
#define SHADER_NAME bus-label-vertex
precision highp float;
precision highp int;
precision highp sampler2D;
in vec2 positions;
in uvec4 instancePlan;
in float instanceCell;
uniform sampler2D linkTexture;
out vec2 vUv;
${placeOnLink}
void main() {
  Place place = placeOf(linkTexture, instancePlan, label.timeS, label.unitsPerM);
  vUv = vec2(0.0);
  if (!place.isShown) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec4 c = label.matrix * vec4(place.at, 0.0, 1.0);
  vec2 px = positions * label.sizePx * 0.5 + vec2(0.0, label.risePx);
  gl_Position = c + vec4(px * 2.0 / label.viewport * c.w, 0.0, 0.0);
  float cell = floor(instanceCell + 0.5);
  vec2 at = vec2(mod(cell, ${COLUMNS}.0), floor(cell / ${COLUMNS}.0));
  vUv = (at + vec2(positions.x, -positions.y) * 0.5 + 0.5) / vec2(${COLUMNS}.0, label.rows);
}`

const fs = /* glsl */ `#version 300 es
#define SHADER_NAME bus-label-fragment
precision highp float;
in vec2 vUv;
uniform sampler2D atlas;
out vec4 fragColor;
void main() {
  fragColor = texture(atlas, vUv);
  if (fragColor.a < 0.01) discard;
  fragColor.rgb *= fragColor.a;
}`

/** Which label over which vehicle: rows of traffic.vehicles and cells of the atlas, side by side. */
export interface BusLabels {
  readonly vehicles: readonly number[]
  readonly cells: readonly number[]
}

interface BusLabelProps {
  readonly plane: Plane
  readonly links: LinkTexture
  readonly plans: PlanBook
  readonly clock: DrawClock
  readonly labels: BusLabels
  readonly atlas: LabelAtlas
  readonly heightPx: number
}

const drawing: InstanceDrawing = {
  vs,
  fs,
  uniforms: labelUniforms,
  strideBytes: STRIDE,
  attributes: [
    { attribute: 'instancePlan', format: 'uint32x4', byteOffset: 0 },
    { attribute: 'instanceCell', format: 'float32', byteOffset: SLOT_BYTES },
  ],
}

export class BusLabelLayer extends InstanceLayer<BusLabelProps> {
  static override layerName = 'BusLabelLayer'
  static override defaultProps = objectProps('plane', 'links', 'plans', 'clock', 'labels', 'atlas')
  declare state: InstanceState & { count: number }

  override initializeState(): void {
    const { device } = this.context
    const { links, atlas } = this.props
    this.makeModel(drawing, new Uint8Array(STRIDE), {
      linkTexture: makeLinkTexture(device, links),
      atlas: makeAtlasTexture(device, atlas),
    })
    this.write()
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params)
    if (params.props.labels !== params.oldProps.labels) this.write()
  }

  override draw(): void {
    const { plane, plans, clock, atlas, heightPx } = this.props
    const { viewport } = this.context
    this.drawInstances(this.state.count, {
      label: {
        matrix: matrixOf(plane, viewport),
        viewport: [viewport.width, viewport.height],
        sizePx: [heightPx * 2, heightPx],
        timeS: plans.secondsAt(clock.tick()),
        unitsPerM: plane.unitsPerM,
        risePx: heightPx * 0.85,
        rows: atlas.rows,
      },
    })
  }

  /** Copies the buses' slots out of the plan book; some hundreds, twice a second. */
  private write(): void {
    const { plans, labels } = this.props
    const bytes = new Uint8Array(Math.max(1, labels.vehicles.length * SLOTS) * STRIDE)
    const view = new DataView(bytes.buffer)
    labels.vehicles.forEach((vehicle, i) => {
      for (let slot = 0; slot < SLOTS; slot++) {
        const to = (i * SLOTS + slot) * STRIDE
        const from = (vehicle * SLOTS + slot) * SLOT_BYTES
        bytes.set(plans.bytes.subarray(from, from + SLOT_BYTES), to)
        view.setFloat32(to + SLOT_BYTES, labels.cells[i], true)
      }
    })
    if (bytes.length > this.state.buffer.byteLength) this.replaceInstances(bytes, bytes.length * 2)
    else this.state.buffer.write(bytes)
    this.state.count = labels.vehicles.length * SLOTS
  }
}

function makeAtlasTexture(device: Device, { image }: LabelAtlas): Texture {
  return device.createTexture({
    format: 'rgba8unorm',
    width: image.width,
    height: image.height,
    data: new Uint8Array(image.data.buffer),
    sampler: { minFilter: 'linear', magFilter: 'linear' },
  })
}
