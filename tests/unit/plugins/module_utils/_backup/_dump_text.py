# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A dump as pg_dump writes it, small enough to be cut at every byte."""

from __future__ import annotations

DUMP = rb"""--
-- PostgreSQL database dump
--

\restrict abc123

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET client_encoding = 'UTF8';
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;
COMMENT ON EXTENSION pg_stat_statements IS 'statistics';
CREATE TABLE public.orders (
    id bigint NOT NULL,
    note text
);
ALTER TABLE public.orders OWNER TO postgres;
CREATE TABLE public.schema_version (
    version integer NOT NULL
);
CREATE TABLE audit.entries (
    id bigint
);
COPY public.orders (id, note) FROM stdin;
1	fine
2	pg_dump: error: is what somebody wrote
3	GRANT ALL ON TABLE public.orders TO somebody;
\.
COPY public.schema_version (description, version) FROM stdin;
first	1
last	13
\.
GRANT SELECT ON TABLE public.orders TO reader;
--
-- PostgreSQL database dump complete
--

\unrestrict abc123

"""
