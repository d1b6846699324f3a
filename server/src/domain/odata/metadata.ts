import { BI_DEFINITIONS, BI_VIEWS, type BiColumn, type BiType, type BiView } from '../bi/views.ts';

const NAMESPACE = 'Fanfare';
const EDM: Readonly<Record<BiType, string>> = {
  instant: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  text: 'Edm.String',
  integer: 'Edm.Int64',
  decimal: 'Edm.Double',
};

type Set = Pick<BiView, 'name' | 'comment' | 'columns'>;
export const SETS: readonly Set[] = [...Object.values(BI_VIEWS), BI_DEFINITIONS];

/** Column that tells the rows of a set apart. */
export function keyOf({ columns }: Set): string {
  const key = ['hour_start', 'day', 'definition'].find((name) =>
    columns.some((column) => column.name === name),
  );
  return key!;
}

/** What the feed is made of, as CSDL XML 4.0. */
export function metadataXml(): string {
  const types = SETS.map(
    (set) =>
      `<EntityType Name="${set.name}"><Key><PropertyRef Name="${keyOf(set)}"/></Key>${set.columns.map(property).join('')}${said(set.comment)}</EntityType>`,
  );
  const sets = SETS.map(({ name }) => `<EntitySet Name="${name}" EntityType="${NAMESPACE}.${name}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:Reference Uri="https://docs.oasis-open.org/odata/odata-vocabularies/v4.0/vocabularies/Org.OData.Core.V1.xml"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/></edmx:Reference><edmx:DataServices><Schema Namespace="${NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">${types.join('')}<EntityContainer Name="Container">${sets.join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>
`;
}

function property({ name, type, comment, required }: BiColumn): string {
  const precision = type === 'instant' ? ' Precision="3"' : '';
  const nullable = required ? ' Nullable="false"' : '';
  return `<Property Name="${name}" Type="${EDM[type]}"${precision}${nullable}>${said(comment)}</Property>`;
}

function said(comment: string): string {
  return `<Annotation Term="Core.Description" String="${escaped(comment)}"/>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
