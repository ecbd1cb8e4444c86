/** Many small lights (street lamps) laid out once; which are lit, and in which colour, comes from a state texture by row. */
import type { Model } from '@luma.gl/engine'
import { InstanceLayer, objectProps, type InstanceDrawing, type InstanceState } from './instanceLayer.ts'
import { matrixOf, type Plane } from './plane.ts'
import { showStates, updateShown, type ShownStates, type StateTexture } from './stateTexture.ts'

/** x, y on the plane; the row of what it hangs on. */
export const POINT_WORDS = 3

export interface Points {
  readonly words: Float32Array
  readonly count: number
}

/** Points of the GPU are at most so large here: it clips a whole one whose middle is beyond the edge. */
const MOST_POINT_PX = 4

const block = /* glsl */ `
layout(std140) uniform pointUniforms {
  mat4 matrix;
  vec4 color;
  vec2 viewport;
  float radiusPx;
  float opacity;
  float softness;
  float stateWidth;
  float pixelRatio;
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
    pixelRatio: 'f32',
  },
} as const

const vertex = (place: string, corner: string) => /* glsl */ `#version 300 es
#define SHADER_NAME point-vertex
precision highp float;
precision highp sampler2D;
${corner}
in vec3 instancePoint;
uniform sampler2D stateTexture;
out vec2 vUv;
out float vLight;
void main() {
  int key = int(instancePoint.z + 0.5);
  int width = int(point.stateWidth + 0.5);
  float lit = texelFetch(stateTexture, ivec2(key % width, key / width), 0).r;
  vLight = lit * point.opacity;
  if (vLight < 0.004) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec4 c = point.matrix * vec4(instancePoint.xy, 0.0, 1.0);
  ${place}
}`
const squareVs = vertex(
  `vUv = positions;
  gl_Position = c + vec4(positions * point.radiusPx * 2.0 / point.viewport * c.w, 0.0, 0.0);`,
  'in vec2 positions;',
)
const pointVs = vertex(
  `vUv = vec2(0.0);
  gl_Position = c;
  gl_PointSize = 2.0 * point.radiusPx * point.pixelRatio;`,
  '',
)

const fragment = (uv: string) => /* glsl */ `#version 300 es
#define SHADER_NAME point-fragment
precision highp float;
in vec2 vUv;
in float vLight;
out vec4 fragColor;
void main() {
  float r = length(${uv});
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

const squares: InstanceDrawing = {
  vs: squareVs,
  fs: fragment('vUv'),
  uniforms: pointUniforms,
  strideBytes: POINT_WORDS * 4,
  attributes: [{ attribute: 'instancePoint', format: 'float32x3', byteOffset: 0 }],
}

const dots: InstanceDrawing = { ...squares, vs: pointVs, fs: fragment('gl_PointCoord * 2.0 - 1.0') }

export class PointLayer extends InstanceLayer<PointProps> {
  static override layerName = 'PointLayer'
  static override defaultProps = objectProps('plane', 'points', 'states', 'color')
  declare state: InstanceState & { shown: ShownStates; dots: Model }

  override initializeState(): void {
    const { points, states } = this.props
    const shown = showStates(this.context.device, states)
    this.setState({ shown })
    const textures = { stateTexture: shown.texture }
    this.makeModel(squares, points.words.subarray(0, points.count * POINT_WORDS), textures)
    const model = this.makePointModel(dots, textures)
    this.setState({ dots: model, models: [this.state.model, model] })
  }

  override draw(): void {
    const { plane, points, states, color, opacity, radiusPx, drawCount } = this.props
    const { viewport, device } = this.context
    updateShown(this.state.shown, states)
    const count = Math.min(drawCount, points.count)
    const uniforms = {
      point: {
        matrix: matrixOf(plane, viewport),
        color: [...color, 1],
        viewport: [viewport.width, viewport.height],
        radiusPx,
        opacity,
        softness: this.props.softness,
        stateWidth: states.width,
        pixelRatio: device.canvasContext?.cssToDeviceRatio() ?? 1,
      },
    }
    if (radiusPx <= MOST_POINT_PX) this.drawPoints(this.state.dots, count, uniforms)
    else this.drawInstances(count, uniforms)
  }
}
