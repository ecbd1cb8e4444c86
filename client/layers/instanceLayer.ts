/**
 * What our own GPU layers share: one square, drawn once an instance in one call. A layer says how its instances look (shaders,
 * uniforms) and lie in memory (attributes), and what it uploads; it asks for the draw call itself, with that frame's uniforms.
 */
import {
  Layer,
  type DefaultProps,
  type LayerContext as DeckContext,
  type LayerProps,
  type UpdateParameters,
} from '@deck.gl/core'
import { Buffer, type BufferAttributeLayout, type Texture } from '@luma.gl/core'
import { Geometry, Model, type ModelProps } from '@luma.gl/engine'

const CORNERS = new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1])

type Uniforms = Parameters<Model['shaderInputs']['setProps']>[0]

/** How instances look, and lie in memory one after the other. */
export interface InstanceDrawing {
  /** Takes a corner of the square, -1 to 1, as `in vec2 positions`. */
  readonly vs: string
  readonly fs: string
  readonly uniforms: NonNullable<ModelProps['modules']>[number]
  readonly strideBytes: number
  readonly attributes: readonly BufferAttributeLayout[]
}

export interface InstanceState extends Record<string, unknown> {
  model: Model
  buffer: Buffer
  textures: readonly Texture[]
}

export abstract class InstanceLayer<Props extends object> extends Layer<Props & LayerProps> {
  static override layerName = 'InstanceLayer'
  declare state: InstanceState

  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.propsChanged !== false
  }

  override finalizeState(context: DeckContext): void {
    // the model goes with deck.gl's own
    super.finalizeState(context)
    this.state.buffer?.destroy()
    for (const texture of this.state.textures ?? []) texture.destroy()
  }

  /** Makes the model, once; the layer owns the textures from here on. */
  protected makeModel(
    { vs, fs, uniforms, strideBytes, attributes }: InstanceDrawing,
    instances: ArrayBufferView,
    textures: Readonly<Record<string, Texture>>,
  ): void {
    this.getAttributeManager()?.remove(['instancePickingColors'])
    const buffer = this.makeBuffer(instances, instances.byteLength)
    const model = new Model(this.context.device, {
      ...this.getShaders({ vs, fs, modules: [uniforms] }),
      id: this.props.id,
      geometry: new Geometry({
        topology: 'triangle-strip',
        attributes: { positions: { size: 2, value: CORNERS } },
      }),
      isInstanced: true,
      bufferLayout: [
        {
          name: 'instances',
          stepMode: 'instance',
          byteStride: strideBytes,
          attributes: [...attributes],
        },
      ],
      attributes: { instances: buffer },
      bindings: textures,
    })
    this.setState({ model, buffer, textures: Object.values(textures) })
  }

  /** A second model of the same instances, each one point of the GPU's own: a quarter of the work, where they are small. */
  protected makePointModel(
    { vs, fs, uniforms, strideBytes, attributes }: InstanceDrawing,
    textures: Readonly<Record<string, Texture>>,
  ): Model {
    return new Model(this.context.device, {
      ...this.getShaders({ vs, fs, modules: [uniforms] }),
      id: `${this.props.id}-points`,
      topology: 'point-list',
      bufferLayout: [
        { name: 'instances', stepMode: 'vertex', byteStride: strideBytes, attributes: [...attributes] },
      ],
      attributes: { instances: this.state.buffer },
      bindings: textures,
    })
  }

  /** Gives the model another buffer, of `roomBytes`, that begins with these instances. */
  protected replaceInstances(instances: ArrayBufferView, roomBytes = instances.byteLength): void {
    const { state } = this
    state.buffer.destroy()
    state.buffer = this.makeBuffer(instances, roomBytes)
    state.model.setAttributes({ instances: state.buffer })
  }

  /** `uniforms` by the name of their block. */
  protected drawInstances(count: number, uniforms: Uniforms): void {
    const { model } = this.state
    model.shaderInputs.setProps(uniforms)
    model.setInstanceCount(count)
    model.draw(this.context.renderPass)
  }

  protected drawPoints(model: Model, count: number, uniforms: Uniforms): void {
    model.shaderInputs.setProps(uniforms)
    model.setVertexCount(count)
    model.draw(this.context.renderPass)
  }

  private makeBuffer(data: ArrayBufferView, roomBytes: number): Buffer {
    return this.context.device.createBuffer({
      usage: Buffer.VERTEX | Buffer.COPY_DST,
      data,
      byteLength: Math.max(4, roomBytes),
    })
  }
}

/** Defaults of props that are objects, which changed when they are other objects. */
export function objectProps(...names: readonly string[]): DefaultProps {
  return Object.fromEntries(names.map((name) => [name, { type: 'object', value: null, compare: false }]))
}
