/**
 * All vehicles in one draw call. Each slot of the plan book is an instance; the vertex shader finds its place from the link
 * texture and the time, so that a frame costs the processor one uniform, and a changed plan 20 bytes.
 */
import { SLOT_BYTES, SLOTS, type PlanBook } from '../state/planBook.ts'
import { InstanceLayer, objectProps, type InstanceDrawing, type InstanceState } from './instanceLayer.ts'
import type { DrawClock } from './layer.ts'
import { makeLinkTexture, type LinkTexture } from './linkTexture.ts'
import { placeOnLink } from './moverShader.ts'
import { matrixOf, type Plane } from './plane.ts'

/** Writes of one run of rows a frame; the rest waits for the next, still well before it is drawn. */
const WRITES_PER_FRAME = 40

const block = /* glsl */ `
layout(std140) uniform moverUniforms {
  mat4 matrix;
  vec4 carColor;
  vec4 busColor;
  vec4 waitingColor;
  vec2 viewport;
  float timeS;
  float unitsPerM;
  float minLengthPx;
  float minWidthPx;
  float tail;
  float opacity;
} mover;
`
const moverUniforms = {
  name: 'mover',
  vs: block,
  fs: block,
  uniformTypes: {
    matrix: 'mat4x4<f32>',
    carColor: 'vec4<f32>',
    busColor: 'vec4<f32>',
    waitingColor: 'vec4<f32>',
    viewport: 'vec2<f32>',
    timeS: 'f32',
    unitsPerM: 'f32',
    minLengthPx: 'f32',
    minWidthPx: 'f32',
    tail: 'f32',
    opacity: 'f32',
  },
} as const

const vs = /* glsl */ `#version 300 es
#define SHADER_NAME mover-vertex
precision highp float;
precision highp sampler2D;
in vec2 positions;
in vec4 instancePlan;
in vec4 instanceMeta;
uniform sampler2D linkTexture;
out vec4 vColor;
out vec2 vUv;
out vec2 vHalfPx;
${placeOnLink}
void main() {
  vec4 meta = floor(instanceMeta * 255.0 + 0.5);
  Place place = placeOf(linkTexture, instancePlan, meta, mover.timeS, mover.unitsPerM);
  vUv = positions;
  vColor = vec4(0.0);
  vHalfPx = vec2(1.0);
  if (!place.isShown) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  bool isBus = meta.y > 1.5;
  bool isTruck = meta.y > 0.5 && !isBus;
  vec2 sizeM = isBus ? vec2(12.0, 2.55) : isTruck ? vec2(8.5, 2.5) : vec2(4.5, 1.8);
  float larger = isBus ? 1.9 : isTruck ? 1.3 : 1.0;
  vec4 c = mover.matrix * vec4(place.at, 0.0, 1.0);
  vec4 e = mover.matrix * vec4(place.at + vec2(mover.unitsPerM, 0.0), 0.0, 1.0);
  float pxPerM = length((e.xy / e.w - c.xy / c.w) * 0.5 * mover.viewport);
  vec2 sizePx = max(sizeM * pxPerM, vec2(mover.minLengthPx * larger, mover.minWidthPx * (isBus ? 1.5 : 1.0)));
  vHalfPx = sizePx * 0.5;
  vec2 right = vec2(place.along.y, -place.along.x);
  // half a pixel more all around, for soft edges; the head of the vehicle is its place
  vec2 reach = (vHalfPx + 0.75) / pxPerM * mover.unitsPerM;
  vUv = positions * (vHalfPx + 0.75) / vHalfPx;
  vec2 at = place.at + place.along * (positions.x * reach.x - vHalfPx.x / pxPerM * mover.unitsPerM) + right * positions.y * reach.y;
  gl_Position = mover.matrix * vec4(at, 0.0, 1.0);
  vColor = isBus ? mover.busColor : mix(mover.carColor, mover.waitingColor, place.waiting * 0.55);
  vColor.a = mover.opacity;
}`

const fs = /* glsl */ `#version 300 es
#define SHADER_NAME mover-fragment
precision highp float;
in vec4 vColor;
in vec2 vUv;
in vec2 vHalfPx;
out vec4 fragColor;
void main() {
  float corner = min(vHalfPx.x, vHalfPx.y) * 0.8;
  vec2 q = abs(vUv) * vHalfPx - (vHalfPx - corner);
  float edge = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
  float body = clamp(0.5 - edge, 0.0, 1.0);
  float light = mix(1.0 - mover.tail, 1.0, smoothstep(-1.0, 0.7, vUv.x));
  fragColor = vec4(vColor.rgb, 1.0) * (vColor.a * body * light);
  if (fragColor.a < 0.004) discard;
}`

interface MoverProps {
  readonly plane: Plane
  readonly links: LinkTexture
  readonly plans: PlanBook
  readonly clock: DrawClock
  /** Red, green and blue, 0 to 1. */
  readonly carColor: readonly number[]
  readonly busColor: readonly number[]
  readonly waitingColor: readonly number[]
  readonly minLengthPx: number
  readonly minWidthPx: number
  /** How much darker the tail is than the head, 0 to 1. */
  readonly tail: number
  /** Vehicles drawn at most. */
  readonly limit: number
}

const drawing: InstanceDrawing = {
  vs,
  fs,
  uniforms: moverUniforms,
  strideBytes: SLOT_BYTES,
  attributes: [
    { attribute: 'instancePlan', format: 'float32x4', byteOffset: 0 },
    { attribute: 'instanceMeta', format: 'unorm8x4', byteOffset: 16 },
  ],
}

export class MoverLayer extends InstanceLayer<MoverProps> {
  static override layerName = 'MoverLayer'
  static override defaultProps = objectProps(
    'plane',
    'links',
    'plans',
    'clock',
    'carColor',
    'busColor',
    'waitingColor',
  )
  declare state: InstanceState & { generation: number }

  override initializeState(): void {
    const { links, plans } = this.props
    this.makeModel(drawing, plans.bytes, { linkTexture: makeLinkTexture(this.context.device, links) })
    this.setState({ generation: plans.generation })
  }

  override draw(): void {
    this.upload()
    const { plane, plans, clock, limit } = this.props
    const { viewport } = this.context
    this.drawInstances(Math.min(plans.rows, limit) * SLOTS, {
      mover: {
        matrix: matrixOf(plane, viewport),
        carColor: [...this.props.carColor, 1],
        busColor: [...this.props.busColor, 1],
        waitingColor: [...this.props.waitingColor, 1],
        viewport: [viewport.width, viewport.height],
        timeS: plans.secondsAt(clock.tick()),
        unitsPerM: plane.unitsPerM,
        minLengthPx: this.props.minLengthPx,
        minWidthPx: this.props.minWidthPx,
        tail: this.props.tail,
        opacity: this.props.opacity,
      },
    })
  }

  /** Writes what changed since the last frame; all of it when the book grew or its times have another base. */
  private upload(): void {
    const { plans } = this.props
    const { state } = this
    if (state.generation !== plans.generation) {
      this.replaceInstances(plans.bytes)
      state.generation = plans.generation
    }
    plans.takeDirty(WRITES_PER_FRAME, (first, end) => {
      const from = first * SLOTS * SLOT_BYTES
      state.buffer.write(plans.bytes.subarray(from, end * SLOTS * SLOT_BYTES), from)
    })
  }
}
