-- Written for SQLite and PostgreSQL alike. Times are epoch milliseconds.

create table applications (
  id text not null primary key,
  name text not null,
  public_key text not null, -- PEM of the SubjectPublicKeyInfo
  created_at bigint not null
);

create table sessions (
  id text not null primary key,
  application_id text not null references applications (id),
  media_mode text not null check (media_mode in ('routed', 'relayed')),
  archive_mode text not null check (archive_mode in ('manual', 'always')),
  location text,
  end_to_end_encrypted boolean not null,
  created_at bigint not null
);
