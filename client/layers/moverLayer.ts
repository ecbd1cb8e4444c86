/**
 * All vehicles in one draw call. Each slot of the plan book is an instance; the vertex shader finds its place from the link
 * texture and the time, so that a frame costs the processor one uniform, and a changed plan 16 bytes.
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
  vec4 groundColor;
  vec2 viewport;
  float timeS;
  float unitsPerM;
  float minLengthPx;
  float minWidthPx;
  float tail;
  float opacity;
  float isNear;
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
    groundColor: 'vec4<f32>',
    viewport: 'vec2<f32>',
    timeS: 'f32',
    unitsPerM: 'f32',
    minLengthPx: 'f32',
    minWidthPx: 'f32',
    tail: 'f32',
    opacity: 'f32',
    isNear: 'f32',
  },
} as const

const vs = /* glsl */ `#version 300 es
#define SHADER_NAME mover-vertex
precision highp float;
precision highp int;
precision highp sampler2D;
in vec2 positions;
in uvec4 instancePlan;
uniform sampler2D linkTexture;
out vec4 vColor;
out vec2 vUv;
out vec2 vHalfPx;
flat out float vBrake;
${placeOnLink}
void main() {
  Place place = placeOf(linkTexture, instancePlan, mover.timeS, mover.unitsPerM);
  vUv = positions;
  vColor = vec4(0.0);
  vHalfPx = vec2(1.0);
  vBrake = 0.0;
  if (!place.isShown) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  bool isBus = place.kind == 2;
  bool isTruck = place.kind == 1;
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
  float slow = 1.0 - smoothstep(0.05, 0.45, place.speed);
  vColor = isBus ? mover.busColor : mix(mover.carColor, mover.waitingColor, slow * mix(0.55, 0.0, mover.isNear));
  vColor.a = mover.opacity;
  vBrake = place.isBraking ? 1.0 : 0.0;
}`

/** From far a grain of light in the colour of its speed, bright at the head; near a body with a windscreen, lamps ahead and brake lights. */
const fs = /* glsl */ `#version 300 es
#define SHADER_NAME mover-fragment
precision highp float;
in vec4 vColor;
in vec2 vUv;
in vec2 vHalfPx;
flat in float vBrake;
out vec4 fragColor;
float within(float low, float high, float x, float soft) {
  return smoothstep(low - soft, low + soft, x) * (1.0 - smoothstep(high - soft, high + soft, x));
}
void main() {
  float corner = min(vHalfPx.x, vHalfPx.y) * mix(0.8, 0.45, mover.isNear);
  vec2 q = abs(vUv) * vHalfPx - (vHalfPx - corner);
  float edge = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
  float body = clamp(0.5 - edge, 0.0, 1.0);
  vec4 grain = vec4(vColor.rgb, 1.0) * mix(1.0 - mover.tail, 1.0, smoothstep(-1.0, 0.7, vUv.x));
  float soft = 0.6 / vHalfPx.x;
  float side = abs(vUv.y);
  vec3 near = vColor.rgb * 0.82;
  near = mix(near, mover.groundColor.rgb, 0.75 * within(0.18, 0.5, vUv.x, soft) * (1.0 - smoothstep(0.62, 0.82, side)));
  near = mix(near, mix(vColor.rgb, vec3(1.0), 0.55), within(0.82, 1.1, vUv.x, soft) * smoothstep(0.25, 0.5, side));
  near = mix(near, mover.waitingColor.rgb, vBrake * within(-1.1, -0.78, vUv.x, soft) * smoothstep(0.2, 0.4, side));
  fragColor = mix(grain, vec4(near, 1.0), mover.isNear) * (vColor.a * body);
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
  /** What shows through a windscreen. */
  readonly groundColor: readonly number[]
  /** 0: a grain of light; 1: a body with lamps; between: from one to the other. */
  readonly isNear: number
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
  attributes: [{ attribute: 'instancePlan', format: 'uint32x4', byteOffset: 0 }],
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
    'groundColor',
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
        groundColor: [...this.props.groundColor, 1],
        viewport: [viewport.width, viewport.height],
        timeS: plans.secondsAt(clock.tick()),
        unitsPerM: plane.unitsPerM,
        minLengthPx: this.props.minLengthPx,
        minWidthPx: this.props.minWidthPx,
        tail: this.props.tail,
        opacity: this.props.opacity,
        isNear: this.props.isNear,
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
