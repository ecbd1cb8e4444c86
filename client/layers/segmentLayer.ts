/**
 * Many short straight pieces (streets, cables), laid out once; colour, opacity and queue come from a small texture with a texel
 * a street or cable, so that a new state costs one upload of four bytes each. Pieces are in order of importance: a low zoom
 * draws the first of them only.
 */
import { InstanceLayer, objectProps, type InstanceDrawing, type InstanceState } from './instanceLayer.ts'
import type { DrawClock } from './layer.ts'
import { matrixOf, type Plane } from './plane.ts'
import { showStates, updateShown, type ShownStates, type StateTexture } from './stateTexture.ts'

/** Words of a piece: ax, ay, bx, by (plane), key, share of its street at a and at b, metres from the street's start at a, width class, side offset in metres. */
export const SEGMENT_WORDS = 10

export interface Segments {
  readonly words: Float32Array
  readonly count: number
}

const block = /* glsl */ `
layout(std140) uniform segmentUniforms {
  mat4 matrix;
  vec4 palette0;
  vec4 palette1;
  vec4 palette2;
  vec4 palette3;
  vec4 palette4;
  vec4 special;
  vec4 edge;
  vec4 ground;
  vec4 widthsA;
  vec4 widthsB;
  vec2 viewport;
  float unitsPerM;
  float sidePx;
  float dashM;
  float phaseM;
  float dashDepth;
  float stateWidth;
  float loudWider;
  float opacity;
  float ghost;
  float glow;
} segment;
`
const vec4 = 'vec4<f32>' as const
const segmentUniforms = {
  name: 'segment',
  vs: block,
  fs: block,
  uniformTypes: {
    matrix: 'mat4x4<f32>',
    palette0: vec4,
    palette1: vec4,
    palette2: vec4,
    palette3: vec4,
    palette4: vec4,
    special: vec4,
    edge: vec4,
    ground: vec4,
    widthsA: vec4,
    widthsB: vec4,
    viewport: 'vec2<f32>',
    unitsPerM: 'f32',
    sidePx: 'f32',
    dashM: 'f32',
    phaseM: 'f32',
    dashDepth: 'f32',
    stateWidth: 'f32',
    loudWider: 'f32',
    opacity: 'f32',
    ghost: 'f32',
    glow: 'f32',
  },
} as const

const vs = /* glsl */ `#version 300 es
#define SHADER_NAME segment-vertex
precision highp float;
precision highp sampler2D;
in vec2 positions;
in vec4 instanceEnds;
in vec4 instanceAlong;
in vec2 instanceSize;
uniform sampler2D stateTexture;
out vec4 vState;
out vec3 vAlong;
out vec3 vPx;
flat out float vLengthPx;
void main() {
  int key = int(instanceAlong.x + 0.5);
  int stateWidth = int(segment.stateWidth + 0.5);
  vState = texelFetch(stateTexture, ivec2(key % stateWidth, key / stateWidth), 0);
  int widthClass = int(instanceSize.x + 0.5);
  float widthPx = widthClass < 4 ? segment.widthsA[widthClass] : segment.widthsB[widthClass - 4];
  widthPx *= 1.0 + segment.loudWider * vState.r;
  if (int(vState.a * 4.25 + 0.5) == 1) widthPx += 2.0;
  vAlong = vec3(0.0);
  vPx = vec3(0.0);
  vLengthPx = 0.0;
  // only what is loud glows: the upper three of the five steps, and no closed street
  bool isDull = segment.glow > 0.5 && (vState.r < 0.45 || vState.a > 0.85);
  if (vState.g < 0.004 || widthPx <= 0.0 || isDull) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec4 a = segment.matrix * vec4(instanceEnds.xy, 0.0, 1.0);
  vec4 b = segment.matrix * vec4(instanceEnds.zw, 0.0, 1.0);
  vec2 aPx = a.xy / a.w * 0.5 * segment.viewport;
  vec2 bPx = b.xy / b.w * 0.5 * segment.viewport;
  float lengthPx = length(bPx - aPx);
  vec2 along = lengthPx > 1e-4 ? (bPx - aPx) / lengthPx : vec2(1.0, 0.0);
  vec2 right = vec2(along.y, -along.x);
  vec4 e = segment.matrix * vec4(instanceEnds.xy + vec2(segment.unitsPerM, 0.0), 0.0, 1.0);
  float pxPerM = length(e.xy / e.w * 0.5 * segment.viewport - aPx);
  // two directions of a street lie side by side: by their lanes where these are seen, else by the line's own width
  float sidePx = instanceSize.y > 0.0 ? max(instanceSize.y * pxPerM, segment.sidePx * widthPx) : 0.0;
  float halfPx = widthPx * 0.5;
  float reach = halfPx + 0.75;
  bool isEnd = positions.x > 0.0;
  vec2 px = (isEnd ? bPx + along * reach : aPx - along * reach) + right * (sidePx + positions.y * reach);
  float w = isEnd ? b.w : a.w;
  gl_Position = vec4(px / segment.viewport * 2.0 * w, (isEnd ? b.z : a.z), w);
  float beyond = lengthPx > 1e-4 ? reach / lengthPx : 0.0;
  float at = isEnd ? 1.0 + beyond : -beyond;
  vAlong = vec3(mix(instanceAlong.y, instanceAlong.z, clamp(at, 0.0, 1.0)), instanceAlong.w + at * lengthPx / max(pxPerM, 1e-6), pxPerM);
  vPx = vec3(at * lengthPx, positions.y * reach, halfPx);
  vLengthPx = lengthPx;
}`

const fs = /* glsl */ `#version 300 es
#define SHADER_NAME segment-fragment
precision highp float;
in vec4 vState;
in vec3 vAlong;
in vec3 vPx;
flat in float vLengthPx;
out vec4 fragColor;
vec4 colorAt(float loud) {
  float step = loud * 4.0;
  if (step < 0.5) return segment.palette0;
  if (step < 1.5) return segment.palette1;
  if (step < 2.5) return segment.palette2;
  if (step < 3.5) return segment.palette3;
  return segment.palette4;
}
void main() {
  // drawnOrigin.ts: 0 plain, 1 measured, 2 estimated, 3 forecast; 4 is closed
  int origin = int(vState.a * 4.25 + 0.5);
  float beyond = max(max(-vPx.x, vPx.x - vLengthPx), 0.0);
  float distancePx = length(vec2(beyond, vPx.y));
  float cover = clamp(vPx.z + 0.5 - distancePx, 0.0, 1.0);
  if (segment.glow > 0.5) cover = pow(clamp(1.0 - distancePx / vPx.z, 0.0, 1.0), 2.0);
  vec4 color = colorAt(vState.r);
  float alpha = vState.g;
  if (vState.b > 0.0 && vAlong.x > 1.0 - vState.b) { color = segment.palette4; alpha = 1.0; }
  if (origin == 4) {
    color = segment.special;
    if (mod(vPx.x, 9.0) > 5.0) alpha *= 0.15;
  }
  if (segment.dashM > 0.0 && vState.b <= 0.0) {
    float wave = fract((vAlong.y - segment.phaseM) / segment.dashM);
    alpha *= 1.0 - segment.dashDepth * smoothstep(0.0, 0.5, wave) * (1.0 - smoothstep(0.5, 0.55, wave));
  }
  if (origin == 1 && abs(vPx.y) > vPx.z - 1.0) { color = segment.edge; alpha = max(alpha, 0.8); }
  if (origin == 2 && mod(vPx.x + vPx.y, 6.0) > 3.0) alpha *= 0.3;
  if ((origin == 3 || segment.ghost > 0.5) && origin != 4) alpha *= mod(vPx.x, 11.0) > 6.0 ? 0.12 : 0.8;
  alpha *= segment.opacity;
  if (cover * alpha < 0.004) discard;
  // by day a faint line is mixed with the ground and covers it, so that two that overlap do not add up to a loud one
  fragColor = segment.ground.a > 0.5
    ? vec4(mix(segment.ground.rgb, color.rgb, alpha), 1.0) * cover
    : vec4(color.rgb, 1.0) * (alpha * cover);
}`

interface SegmentProps {
  readonly plane: Plane
  readonly segments: Segments
  readonly states: StateTexture
  readonly clock: DrawClock
  /** Draws the first so many. */
  readonly drawCount: number
  readonly palette: readonly (readonly number[])[]
  readonly specialColor: readonly number[]
  /** Both edges of what was measured. */
  readonly edgeColor: readonly number[]
  /** What lies below, for faint lines by day. */
  readonly groundColor: readonly number[]
  /** Pixels, by width class; at most eight. */
  readonly widthsPx: readonly number[]
  /** Of the line's width: how far the line of one of two directions lies from the middle at least. */
  readonly sidePx: number
  /** Length of one dash and gap; 0 is a full line. */
  readonly dashM: number
  readonly dashMps: number
  readonly dashDepth: number
  /** A line at the palette's end is this share wider. */
  readonly loudWider: number
  /** Where lines cross, the brighter colour wins instead of both adding up. */
  readonly isLight: boolean
  /** All of it is of a time to come. */
  readonly isGhost: boolean
  /** No line but the light around it, of what is loud alone. */
  readonly isGlow?: boolean
}

const drawing: InstanceDrawing = {
  vs,
  fs,
  uniforms: segmentUniforms,
  strideBytes: SEGMENT_WORDS * 4,
  attributes: [
    { attribute: 'instanceEnds', format: 'float32x4', byteOffset: 0 },
    { attribute: 'instanceAlong', format: 'float32x4', byteOffset: 16 },
    { attribute: 'instanceSize', format: 'float32x2', byteOffset: 32 },
  ],
}

export class SegmentLayer extends InstanceLayer<SegmentProps> {
  static override layerName = 'SegmentLayer'
  static override defaultProps = objectProps(
    'plane',
    'segments',
    'states',
    'clock',
    'palette',
    'specialColor',
    'edgeColor',
    'groundColor',
    'widthsPx',
  )
  declare state: InstanceState & { shown: ShownStates }

  override initializeState(): void {
    const { segments, states } = this.props
    const shown = showStates(this.context.device, states)
    this.setState({ shown })
    this.makeModel(drawing, segments.words.subarray(0, segments.count * SEGMENT_WORDS), {
      stateTexture: shown.texture,
    })
  }

  override draw(): void {
    const { plane, segments, states, palette, widthsPx, clock, drawCount } = this.props
    const { viewport } = this.context
    updateShown(this.state.shown, states)
    const color = (c: readonly number[]) => [c[0], c[1], c[2], 1]
    const widths = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => widthsPx[Math.min(i, widthsPx.length - 1)])
    this.drawInstances(Math.min(drawCount, segments.count), {
      segment: {
        matrix: matrixOf(plane, viewport),
        palette0: color(palette[0]),
        palette1: color(palette[1]),
        palette2: color(palette[2]),
        palette3: color(palette[3]),
        palette4: color(palette[4]),
        special: color(this.props.specialColor),
        edge: color(this.props.edgeColor),
        ground: [...this.props.groundColor, this.props.isLight ? 0 : 1],
        widthsA: widths.slice(0, 4),
        widthsB: widths.slice(4),
        viewport: [viewport.width, viewport.height],
        unitsPerM: plane.unitsPerM,
        sidePx: this.props.sidePx,
        dashM: this.props.dashM,
        phaseM: this.props.dashM > 0 ? ((clock.tick() / 50) * this.props.dashMps) % this.props.dashM : 0,
        dashDepth: this.props.dashDepth,
        stateWidth: states.width,
        loudWider: this.props.loudWider,
        opacity: this.props.opacity,
        ghost: this.props.isGhost ? 1 : 0,
        glow: this.props.isGlow ? 1 : 0,
      },
    })
  }
}
