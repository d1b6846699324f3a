import { ByteWriter, ParquetWriter, type KeyValue, type SchemaElement } from 'hyparquet-writer';
import type { Locale } from '@fanfare/contract';
import type { Cell, Column, Table } from '../domain/snapshot/sheet.ts';

/** What one column of a Parquet file holds; instants and local times as dates, empty cells as `null`. */
export type ParquetType = 'text' | 'number' | 'instant' | 'local';
export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
}
export type ParquetValue = string | number | Date | null;

const ELEMENTS: Readonly<Record<ParquetType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  number: { type: 'DOUBLE' },
  instant: {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  local: {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
  },
};

/** Writes a Parquet file a run of rows at a time; what is written so far can be taken out of memory. */
export class ParquetPieces {
  readonly #columns: readonly ParquetColumn[];
  readonly #bytes = new ByteWriter(65_536);
  readonly #writer: ParquetWriter;

  /** @param about what stands in the file's footer, by name */
  constructor(columns: readonly ParquetColumn[], about: Readonly<Record<string, string>>) {
    this.#columns = columns;
    const kvMetadata: KeyValue[] = Object.entries(about).map(([key, value]) => ({ key, value }));
    const leaves = columns.map(({ name, type }): SchemaElement => {
      return { name, repetition_type: 'OPTIONAL', ...ELEMENTS[type] };
    });
    const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...leaves];
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema, kvMetadata, createdBy: 'Fanfare' });
  }

  /** One run of rows, and the bytes it makes. */
  async add(rows: readonly (readonly ParquetValue[])[]): Promise<Uint8Array> {
    const columnData = this.#columns.map(({ name }, i) => ({
      name,
      data: rows.map((row) => row[i] ?? null),
    }));
    if (rows.length > 0) await this.#writer.write({ columnData, rowGroupSize: rows.length });
    return this.#taken();
  }

  /** The footer. @param more what stands in it besides, by name */
  async end(more: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
    const added = Object.entries(more).map(([key, value]) => ({ key, value }));
    this.#writer.kvMetadata = [...(this.#writer.kvMetadata ?? []), ...added];
    await this.#writer.finish();
    return this.#taken();
  }

  #taken(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }
}

/** A table as Parquet. @param about what stands in the file's footer, by name */
export async function parquetOf(
  { columns, rows }: Table,
  about: Readonly<Record<string, string>>,
  locale: Locale,
): Promise<Buffer> {
  const pieces = new ParquetPieces(columns.map(columnOf), about);
  const body = await pieces.add(rows.map((cells) => cells.map((cell) => valueOf(cell, locale))));
  return Buffer.concat([body, await pieces.end()]);
}

function columnOf({ key, type }: Column): ParquetColumn {
  return { name: key, type: type === 'words' || type === 'any' ? 'text' : type };
}

function valueOf(cell: Cell, locale: Locale): ParquetValue {
  if (cell === null || cell.type === 'hidden') return null;
  if (cell.type === 'words') return cell.value[locale];
  if (cell.type === 'instant') return new Date(cell.value);
  return cell.type === 'local' ? new Date(`${cell.value}Z`) : cell.value;
}
