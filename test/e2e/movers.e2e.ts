/** The oracle of the mover shader: what the GPU computes of a minute of the city is what `state/motion.ts` says. */
import { laneAlong } from '../../client/layers/linkGeometry.ts'
import { packLinks } from '../../client/layers/linkTexture.ts'
import { placeOnLink } from '../../client/layers/moverShader.ts'
import { makePlane, planeFromLocal } from '../../client/layers/plane.ts'
import { SLOT_BYTES, SLOTS } from '../../client/state/planBook.ts'
import { driveMinute } from '../fixtures/drivenMinute.ts'
import { expectThat, type Case } from './case.ts'

const VEHICLES = 1000
const LIMIT_M = 0.1
/** Looked at within each second, as ticks after what is drawn first. */
const MOMENTS = [3, 37]
const SHADER = /* glsl */ `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
in uvec4 plan;
uniform sampler2D linkTexture;
uniform float timeS;
uniform float unitsPerM;
out vec4 found;
${placeOnLink}
void main() {
  Place place = placeOf(linkTexture, plan, timeS, unitsPerM);
  found = vec4(place.at, place.alongM, place.isShown ? 1.0 : 0.0);
  gl_Position = vec4(0.0);
}`

interface Shot {
  readonly timeS: number
  /** Slots of the plan book, as text. */
  readonly plans: string
}

export const cases: readonly Case[] = [
  {
    name: `the mover shader has ${VEHICLES} vehicles where the same motion in TypeScript has them, for a minute`,
    async run({ browser }) {
      const { city, seconds } = await driveMinute()
      const plane = makePlane(city.projection)
      const texture = packLinks(city.network, plane)
      const shots: Shot[] = []
      const expected: (readonly [number, number, number] | undefined | 'either')[][] = []
      for (const { plans, drawTick } of seconds()) {
        for (const moment of MOMENTS) {
          const tick = drawTick + moment
          const bytes = plans.bytes.subarray(0, VEHICLES * SLOTS * SLOT_BYTES)
          shots.push({ timeS: plans.secondsAt(tick), plans: Buffer.from(bytes).toString('base64') })
          expected.push(
            Array.from({ length: VEHICLES }, (_, row) => {
              const drawn = plans.drawn(row, tick)
              // times are 32-bit floats on the GPU: who comes, goes or changes links at this very moment may do either
              const isAtBorder = plans.drawn(row, tick - 0.5)?.link !== plans.drawn(row, tick + 0.5)?.link
              if (isAtBorder) return 'either'
              if (drawn === undefined) return undefined
              const { link, lane, alongM } = drawn
              return [...planeFromLocal(plane, laneAlong(city.network, link, lane, alongM)), alongM] as const
            }),
          )
        }
      }
      const page = await browser.newPage()
      const { data, width, height } = texture
      const found = await page.evaluate(readBack, {
        shader: SHADER,
        texture: Buffer.from(data.buffer).toString('base64'),
        width,
        height,
        unitsPerM: plane.unitsPerM,
        slots: VEHICLES * SLOTS,
        shots,
      })
      await page.close()
      let compared = 0
      let worstM = 0
      found.forEach((text, shot) => {
        const values = new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer)
        for (let row = 0; row < VEHICLES; row++) {
          const due = expected[shot][row]
          if (due === 'either') continue
          const slot = Array.from({ length: SLOTS }, (_, s) => (row * SLOTS + s) * 4).find(
            (at) => values[at + 3] === 1,
          )
          expectThat(
            (due === undefined) === (slot === undefined),
            `vehicle ${row} is drawn by both or by neither, in shot ${shot}`,
          )
          if (due === undefined || slot === undefined) continue
          const offM = Math.hypot(values[slot] - due[0], values[slot + 1] - due[1]) / plane.unitsPerM
          worstM = Math.max(worstM, offM, Math.abs(values[slot + 2] - due[2]))
          compared++
        }
      })
      expectThat(compared > (shots.length * VEHICLES) / 2, `most of the vehicles are drawn (${compared})`)
      expectThat(worstM < LIMIT_M, `both agree within ${LIMIT_M} m (${worstM.toFixed(3)} m)`)
      console.log(`  ${compared} places compared, ${(worstM * 100).toFixed(1)} cm apart at most`)
    },
  },
]

interface Asked {
  readonly shader: string
  readonly texture: string
  readonly width: number
  readonly height: number
  readonly unitsPerM: number
  readonly slots: number
  readonly shots: readonly Shot[]
}

/** Runs in a page: what the shader gives for each slot of each shot, four floats each. */
function readBack({ shader, texture, width, height, unitsPerM, slots, shots }: Asked): string[] {
  const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const gl = document.createElement('canvas').getContext('webgl2')!
  const program = gl.createProgram()
  const sources = [
    [gl.VERTEX_SHADER, shader],
    [
      gl.FRAGMENT_SHADER,
      '#version 300 es\nprecision highp float;\nout vec4 color;\nvoid main() { color = vec4(1.0); }',
    ],
  ] as const
  for (const [type, source] of sources) {
    const part = gl.createShader(type)!
    gl.shaderSource(part, source)
    gl.compileShader(part)
    if (!gl.getShaderParameter(part, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(part) ?? '')
    gl.attachShader(program, part)
  }
  gl.transformFeedbackVaryings(program, ['found'], gl.INTERLEAVED_ATTRIBS)
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? '')
  gl.useProgram(program)
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  const texels = new Float32Array(bytesOf(texture).buffer)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, width, height, 0, gl.RGBA, gl.FLOAT, texels)
  gl.uniform1f(gl.getUniformLocation(program, 'unitsPerM'), unitsPerM)
  const plans = gl.createBuffer()
  const out = gl.createBuffer()
  gl.bindBuffer(gl.ARRAY_BUFFER, plans)
  const at = gl.getAttribLocation(program, 'plan')
  gl.enableVertexAttribArray(at)
  gl.vertexAttribIPointer(at, 4, gl.UNSIGNED_INT, 16, 0)
  const values = new Float32Array(slots * 4)
  gl.bindBuffer(gl.TRANSFORM_FEEDBACK_BUFFER, out)
  gl.bufferData(gl.TRANSFORM_FEEDBACK_BUFFER, values.byteLength, gl.STREAM_READ)
  gl.enable(gl.RASTERIZER_DISCARD)
  return shots.map((shot) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, plans)
    gl.bufferData(gl.ARRAY_BUFFER, bytesOf(shot.plans), gl.STREAM_DRAW)
    gl.uniform1f(gl.getUniformLocation(program, 'timeS'), shot.timeS)
    gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, out)
    gl.beginTransformFeedback(gl.POINTS)
    gl.drawArrays(gl.POINTS, 0, slots)
    gl.endTransformFeedback()
    gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, null)
    gl.bindBuffer(gl.TRANSFORM_FEEDBACK_BUFFER, out)
    gl.getBufferSubData(gl.TRANSFORM_FEEDBACK_BUFFER, 0, values)
    let text = ''
    const bytes = new Uint8Array(values.buffer)
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
    return btoa(text)
  })
}
