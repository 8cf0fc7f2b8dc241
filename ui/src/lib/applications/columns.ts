// Columns of the applications grid.
import type { Snippet } from 'svelte';
import type { AccountId, ApplicationColumn, ApplicationRow } from '$lib/backend/bindings';
import type { Column } from '$lib/components/grid/columns';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { timeCells } from '$lib/users/columns';

/** What columns need from their screen. */
export interface ApplicationColumnContext {
  /** Draws whether it manages the account. */
  readonly manages: Snippet<[ApplicationRow]>;
  /** Draws until when its secrets are good. */
  readonly expiry: Snippet<[ApplicationRow]>;
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
}

/** The columns of the applications grid, in the person's language. */
export function applicationColumns(context: ApplicationColumnContext): Column<ApplicationRow>[] {
  const account: Column<ApplicationRow> = {
    ...column('account', 160),
    text: (row) => context.accountName(row.accountId),
  };
  return [
    { ...column('displayName', 230), fixed: true, text: (row) => row.displayName },
    ...(context.withAccount ? [account] : []),
    { ...column('manages', 190), text: managesText, cell: context.manages },
    { ...column('secrets', 90), ...count((row) => row.secrets) },
    { ...column('oldestSecretAt', 150), ...timeCells((row: ApplicationRow) => row.oldestSecretAt) },
    { ...column('expiresAt', 190), text: expiryText, cell: context.expiry },
    { ...column('roles', 80), ...count((row) => row.roles) },
    { ...column('kind', 160), text: (row) => kindText(row.kind) },
    { ...column('createdAt', 130), ...timeCells((row: ApplicationRow) => row.createdAt), hidden: true },
    {
      id: 'description',
      label: t('applications.column.description'),
      width: 260,
      sortable: false,
      text: (row) => row.description ?? '',
    },
  ];
}

function count(pick: (row: ApplicationRow) => number): Pick<Column<ApplicationRow>, 'text' | 'copy' | 'align'> {
  return { text: (row) => i18n.number(pick(row)), copy: (row) => String(pick(row)), align: 'end' };
}

function column(id: ApplicationColumn, width: number) {
  return { id, label: t(`applications.column.${id}`), width, sortable: true };
}

/** Whether it manages the whole account, in words; nothing where it does not. */
export function managesText({ managesAccount }: ApplicationRow): string {
  return managesAccount ? t('applications.manages') : '';
}

/** Until when its secrets are good, the most worrying first. */
export function expiryText({ secrets, expired, neverExpiring, expiresAt }: ApplicationRow): string {
  if (secrets === 0) return '';
  const next = expiresAt === null ? null : i18n.date(expiresAt);
  return [
    expired > 0 ? t('applications.expired', { count: expired }) : null,
    next,
    neverExpiring > 0 ? t('applications.neverExpiring', { count: neverExpiring }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

const kinds = {
  MachineToMachine: 'applications.kind.machineToMachine',
  SPA: 'applications.kind.singlePage',
  Traditional: 'applications.kind.traditional',
  Native: 'applications.kind.native',
  Protected: 'applications.kind.protected',
  SAML: 'applications.kind.saml',
} as const;

/** The service's word in the person's language; a word that is new stays as it is. */
export function kindText(kind: string): string {
  return kind in kinds ? t(kinds[kind as keyof typeof kinds]) : kind;
}
