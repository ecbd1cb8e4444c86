/** Many small lights (street lamps, signal heads) laid out once; which are lit, and in which colour, comes from a state texture by row. */
import {
  Layer,
  type LayerContext as DeckContext,
  type LayerProps,
  type UpdateParameters,
} from '@deck.gl/core'
import { Buffer, type Texture } from '@luma.gl/core'
import { Geometry, Model } from '@luma.gl/engine'
import { matrixOf, type Plane } from './plane.ts'
import { makeStateTexture, type StateTexture } from './stateTexture.ts'

/** x, y on the plane; the row of what it hangs on. */
export const POINT_WORDS = 3

export interface Points {
  readonly words: Float32Array
  readonly count: number
}

const block = /* glsl */ `
layout(std140) uniform pointUniforms {
  mat4 matrix;
  vec4 color;
  vec2 viewport;
  float radiusPx;
  float opacity;
  float softness;
  float stateWidth;
} point;
`
const pointUniforms = {
  name: 'point',
  vs: block,
  fs: block,
  uniformTypes: {
    matrix: 'mat4x4<f32>',
    color: 'vec4<f32>',
    viewport: 'vec2<f32>',
    radiusPx: 'f32',
    opacity: 'f32',
    softness: 'f32',
    stateWidth: 'f32',
  },
} as const

const vs = /* glsl */ `#version 300 es
#define SHADER_NAME point-vertex
precision highp float;
precision highp sampler2D;
in vec2 positions;
in vec3 instancePoint;
uniform sampler2D stateTexture;
out vec2 vUv;
out float vLight;
void main() {
  int key = int(instancePoint.z + 0.5);
  int width = int(point.stateWidth + 0.5);
  float lit = texelFetch(stateTexture, ivec2(key % width, key / width), 0).r;
  vUv = positions;
  vLight = lit * point.opacity;
  if (vLight < 0.004) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec4 c = point.matrix * vec4(instancePoint.xy, 0.0, 1.0);
  gl_Position = c + vec4(positions * point.radiusPx * 2.0 / point.viewport * c.w, 0.0, 0.0);
}`

const fs = /* glsl */ `#version 300 es
#define SHADER_NAME point-fragment
precision highp float;
in vec2 vUv;
in float vLight;
out vec4 fragColor;
void main() {
  float r = length(vUv);
  // a small bright source in a wide glow
  float glow = 0.85 * exp(-30.0 * r * r) + 0.4 * pow(max(1.0 - r, 0.0), 2.0);
  float alpha = vLight * mix(clamp((1.0 - r) * point.radiusPx, 0.0, 1.0), glow, point.softness);
  if (alpha < 0.004) discard;
  fragColor = vec4(point.color.rgb * alpha, alpha);
}`

interface PointProps {
  readonly plane: Plane
  readonly points: Points
  readonly states: StateTexture
  readonly color: readonly number[]
  readonly radiusPx: number
  /** 0 is a disc, 1 a glow. */
  readonly softness: number
  readonly drawCount: number
}

interface PointState extends Record<string, unknown> {
  model: Model
  buffer: Buffer
  texture: Texture
  version: number
}

export class PointLayer extends Layer<PointProps & LayerProps> {
  static override layerName = 'PointLayer'
  static override defaultProps = Object.fromEntries(
    ['plane', 'points', 'states', 'color'].map((name) => [
      name,
      { type: 'object', value: null, compare: false },
    ]),
  )
  declare state: PointState

  override getShaders() {
    return super.getShaders({ vs, fs, modules: [pointUniforms] })
  }

  override initializeState(): void {
    this.getAttributeManager()?.remove(['instancePickingColors'])
    const { device } = this.context
    const { points, states } = this.props
    const bytes = new Uint8Array(points.words.buffer, 0, Math.max(4, points.count * POINT_WORDS * 4))
    const buffer = device.createBuffer({ usage: Buffer.VERTEX | Buffer.COPY_DST, data: bytes })
    const texture = makeStateTexture(device, states)
    const model = new Model(device, {
      ...this.getShaders(),
      id: this.props.id,
      geometry: new Geometry({
        topology: 'triangle-strip',
        attributes: { positions: { size: 2, value: new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]) } },
      }),
      isInstanced: true,
      bufferLayout: [
        {
          name: 'points',
          stepMode: 'instance',
          byteStride: POINT_WORDS * 4,
          attributes: [{ attribute: 'instancePoint', format: 'float32x3', byteOffset: 0 }],
        },
      ],
      attributes: { points: buffer },
      bindings: { stateTexture: texture },
    })
    this.setState({ model, buffer, texture, version: states.version })
  }

  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.propsChanged !== false
  }

  override draw(): void {
    const { model, texture } = this.state
    const { plane, states, color, opacity } = this.props
    const { viewport } = this.context
    if (this.state.version !== states.version) {
      texture.writeData(states.bytes, { width: states.width, height: states.height })
      this.state.version = states.version
    }
    model.shaderInputs.setProps({
      point: {
        matrix: matrixOf(plane, viewport),
        color: [...color, 1],
        viewport: [viewport.width, viewport.height],
        radiusPx: this.props.radiusPx,
        opacity,
        softness: this.props.softness,
        stateWidth: states.width,
      },
    })
    model.setInstanceCount(Math.min(this.props.drawCount, this.props.points.count))
    model.draw(this.context.renderPass)
  }

  override finalizeState(context: DeckContext): void {
    super.finalizeState(context)
    this.state.model?.destroy()
    this.state.buffer?.destroy()
    this.state.texture?.destroy()
  }
}
