import { contextValue, type Row } from '../../../src/views/kit/row.ts';

/** A tree as indented text, for golden tests. */
export function renderRows(rows: readonly Row[], indent = ''): string {
  return rows
    .map((row) => {
      const icon = row.icon === undefined ? '' : `$(${row.icon.id}) `;
      const description = row.description === undefined ? '' : `  ${row.description}`;
      const context = contextValue(row);
      const line = `${indent}${icon}${row.label}${description}${context === '' ? '' : `  ${context}`}`;
      const children = row.children === undefined ? '' : renderRows(row.children, `${indent}  `);
      return children === '' ? line : `${line}\n${children}`;
    })
    .join('\n');
}
