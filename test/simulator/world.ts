// What all services of the simulator agree on: the clock, the seed, the people, the ids. Public facts only, the rest invented.

/** The instant that the believable Wednesday is written for: 2026-08-26 13:50:11 UTC, as in the rollout samples. */
export const writtenFor = Date.UTC(2026, 7, 26, 13, 50, 11);

export interface WorldOptions {
  /** Same seed, same world. */
  readonly seed?: number;
  /** What `world.now()` says at the start; real time when absent. The whole world is moved so that its Wednesday 13:50:11 is this instant. */
  readonly startAt?: number;
  /** World seconds per real second; 1 when absent, 0 stands still (moved by `advance` only). */
  readonly speed?: number;
  /** How many alerts, tickets, proposals and pull requests there are; the believable number when absent. */
  readonly size?: number;
  /** Another number of some of them. */
  readonly sizes?: Sizes;
}

export type Sizes = Readonly<Partial<Record<'alerts' | 'tickets' | 'proposals' | 'pullRequests', number>>>;

export interface SimPerson {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
}

export class World {
  readonly seed: number;
  readonly startAt: number;
  readonly size: number | undefined;
  readonly #sizes: Sizes;
  #speed: number;
  #base: number;
  #realBase: number;

  constructor(options: WorldOptions = {}) {
    this.seed = options.seed ?? 1;
    this.startAt = options.startAt ?? Date.now();
    this.size = options.size;
    this.#sizes = options.sizes ?? {};
    this.#speed = options.speed ?? 1;
    this.#base = this.startAt;
    this.#realBase = Date.now();
  }

  /** How many there are of something; undefined: the believable number. */
  sizeOf(what: keyof Sizes): number | undefined {
    return this.#sizes[what] ?? this.size;
  }

  /** World time, epoch milliseconds. */
  now(): number {
    return this.#base + (Date.now() - this.#realBase) * this.#speed;
  }

  /** Moves world time forward. */
  advance(ms: number): void {
    this.#base = this.now() + ms;
    this.#realBase = Date.now();
  }

  /** World seconds per real second from now on. */
  setSpeed(speed: number): void {
    this.#base = this.now();
    this.#realBase = Date.now();
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** An instant of the written Wednesday's week (ISO text, UTC), moved into this world. */
  at(iso: string): number {
    return Date.parse(iso) - writtenFor + this.startAt;
  }

  /** A source of randomness for one purpose: the same for the same seed, independent of the others. */
  random(purpose: string): () => number {
    let state = this.seed ^ 0x9e3779b9;
    for (const char of purpose) state = Math.imul(state ^ char.charCodeAt(0), 0x85ebca6b) ^ (state >>> 13);
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
}

/** The team. The first is the one whose credentials the tests and `npm start` use. */
export const people: readonly [SimPerson, ...SimPerson[]] = [
  {
    accountId: '712020:4475fc4e-ff9e-40ca-8c70-707c079f682e',
    name: 'Dana Oncall',
    email: 'dana@example.com',
    timeZone: 'Europe/Zurich',
  },
  { accountId: '5b10ac8d82e05b22cc7d4ef5', name: 'Eli Second', email: 'eli@example.com', timeZone: 'Europe/Belgrade' },
  {
    accountId: '712020:0c1f2b9e-6d61-4b7c-9a57-2f2f6c1f5a10',
    name: 'Noor Third',
    email: 'noor@example.com',
    timeZone: 'Europe/Zurich',
  },
  {
    accountId: '712020:b7d0a9a2-8a0e-4f0a-9f60-54d5f0f6b9c3',
    name: 'Sasha Fourth',
    email: 'sasha@example.com',
    timeZone: 'America/New_York',
  },
];

export const cloudId = '11223344-a1b2-3b33-c444-def123456789';
/** The DRE team's id as web addresses carry it (dre.md 7); the API's form is without `og-`. */
export const teamId = 'a6d6c0d5-2641-4c54-8a2c-5860ef5e8f53';
export const epicKey = 'DRE-350';
/** The guest rollout of this week and its troubled batch 12 (see the rollout samples). */
export const rcName = 'rc--2026-08-20_03-30';
export const guestRevision = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
export const troubledSubnet = 'o3ow2-2ipam-6fcjo-3j5vt-fzbge-2g7my-5fz2m-p4o2t-dwlc4-gt2q7-5ae';

/** Tokens that the services know, by what they may do (atlassian.md 5 item 1). */
export const tokens = {
  atlassian: {
    classic: 'sim-atlassian-classic',
    scoped: 'sim-atlassian-scoped',
    expired: 'sim-atlassian-expired',
    noOps: 'sim-atlassian-no-ops',
  },
  github: 'sim-github-token',
  slack: 'xoxb-sim-slack-token',
} as const;

/** The subnets of the mainnet, as the public dashboard names them. */
export const subnets: readonly string[] = [
  'io67a-2jmkw-zup3h-snbwi-g6a5n-rm5dn-b6png-lvdpl-nqnto-yih6l-gqe',
  'xok3w-cnepj-fg6aa-cjitt-uoxod-4ddsy-nc7dq-zwudz-o6jar-rzstb-gqe',
  'shefu-t3kr5-t5q3w-mqmdq-jabyv-vyvtf-cyyey-3kmo4-toyln-emubw-4qe',
  'fuqsr-in2lc-zbcjj-ydmcw-pzq7h-4xm2z-pto4i-dcyee-5z4rz-x63ji-nae',
  'vcpt7-niq42-6snup-7kcgy-cndz6-srq6n-h6vwi-oswri-a3guc-v5ssd-5qe',
  '4utr6-xo2fz-v7fsb-t3wsg-k7sfl-cj2ba-ghdnd-kcrfo-xavdb-ebean-mqe',
  'pjljw-kztyl-46ud4-ofrj6-nzkhm-3n4nt-wi3jt-ypmav-ijqkt-gjf66-uae',
  'qdvhd-os4o2-zzrdw-xrcv4-gljou-eztdp-bj326-e6jgr-tkhuc-ql6v2-yqe',
  '2fq7c-slacv-26cgz-vzbx2-2jrcs-5edph-i5s2j-tck77-c3rlz-iobzx-mqe',
  'snjp4-xlbw4-mnbog-ddwy6-6ckfd-2w5a2-eipqo-7l436-pxqkh-l6fuv-vae',
  'w4asl-4nmyj-qnr7c-6cqq4-tkwmt-o26di-iupkq-vx4kt-asbrx-jzuxh-4ae',
  'qxesv-zoxpm-vc64m-zxguk-5sj74-35vrb-tbgwg-pcird-5gr26-62oxl-cae',
  '4zbus-z2bmt-ilreg-xakz4-6tyre-hsqj4-slb4g-zjwqo-snjcc-iqphi-3qe',
  'ejbmu-grnam-gk6ol-6irwa-htwoj-7ihfl-goimw-hlnvh-abms4-47v2e-zqe',
  'uzr34-akd3s-xrdag-3ql62-ocgoh-ld2ao-tamcv-54e7j-krwgb-2gm4z-oqe',
  're2t4-faa75-v3vhk-kdmdr-uyrkl-aik2l-ixd6u-p3fyr-zlfkc-6c5af-zae',
  'c4isl-65rwf-emhk5-5ta5m-ngl73-rgrl3-tcc56-2hkja-4erqd-iivmy-7ae',
  'mkbc3-fzim5-s5pye-pbnzo-uj5yv-raphe-ceecn-ejd6g-5poxm-dzuot-iae',
  'pae4o-o6dxf-xki7q-ezclx-znyd6-fnk6w-vkv5z-5lfwh-xym2i-otrrw-fqe',
  '5kdm2-62fc6-fwnja-hutkz-ycsnm-4z33i-woh43-4cenu-ev7mi-gii6t-4ae',
  'csyj4-zmann-ys6ge-3kzi6-onexi-obayx-2fvak-zersm-euci4-6pslt-lae',
  'eq6en-6jqla-fbu5s-daskr-h6hx2-376n5-iqabl-qgrng-gfqmv-n3yjr-mqe',
  'lhg73-sax6z-2zank-6oer2-575lz-zgbxx-ptudx-5korm-fy7we-kh4hl-pqe',
  'brlsh-zidhj-3yy3e-6vqbz-7xnih-xeq2l-as5oc-g32c4-i5pdn-2wwof-oae',
  'k44fs-gm4pv-afozh-rs7zw-cg32n-u7xov-xqyx3-2pw5q-eucnu-cosd4-uqe',
  'cv73p-6v7zi-u67oy-7jc3h-qspsz-g5lrj-4fn7k-xrax3-thek2-sl46v-jae',
  '4ecnw-byqwz-dtgss-ua2mh-pfvs7-c3lct-gtf4e-hnu75-j7eek-iifqm-sqe',
  'opn46-zyspe-hhmyp-4zu6u-7sbrh-dok77-m7dch-im62f-vyimr-a3n2c-4ae',
  'lspz2-jx4pu-k3e7p-znm7j-q4yum-ork6e-6w4q6-pijwq-znehu-4jabe-kqe',
  'o3ow2-2ipam-6fcjo-3j5vt-fzbge-2g7my-5fz2m-p4o2t-dwlc4-gt2q7-5ae',
  '2zs4v-uoqha-xsuun-lveyr-i4ktc-5y3ju-aysud-niobd-gxnqa-ctqem-hae',
  '6excn-doq5g-bmrxd-3774i-hjnn2-3ovbo-xjwz7-3yozt-fsbzx-bethy-bae',
  'kp5jj-kpgmn-f4ohx-uqot6-wtbbr-lmtqv-kpkaf-gcksv-snkwm-43kmy-iae',
  'w4rem-dv5e3-widiz-wbpea-kbttk-mnzfm-tzrc7-svcj3-kbxyb-zamch-hqe',
  '6pbhf-qzpdk-kuqbr-pklfa-5ehhf-jfjps-zsj6q-57nrl-kzhpd-mu7hc-vae',
  'e66qm-3cydn-nkf4i-ml4rb-4ro6o-srm5s-x5hwq-hnprz-3meqp-s7vks-5qe',
  'yinp6-35cfo-wgcd2-oc4ty-2kqpf-t4dul-rfk33-fsq3r-mfmua-m2ngh-jqe',
  'bkfrj-6k62g-dycql-7h53p-atvkj-zg4to-gaogh-netha-ptybj-ntsgw-rqe',
  'jtdsg-3h6gi-hs7o5-z2soi-43w3z-soyl3-ajnp3-ekni5-sw553-5kw67-nqe',
  'mpubz-g52jc-grhjo-5oze5-qcj74-sex34-omprz-ivnsm-qvvhr-rfzpv-vae',
  'x33ed-h457x-bsgyx-oqxqf-6pzwv-wkhzr-rm2j3-npodi-purzm-n66cg-gae',
  'gmq5v-hbozq-uui6y-o55wc-ihop3-562wb-3qspg-nnijg-npqp5-he3cj-3ae',
  '3hhby-wmtmw-umt4t-7ieyg-bbiig-xiylg-sblrt-voxgt-bqckd-a75bf-rqe',
  'nl6hn-ja4yw-wvmpy-3z2jx-ymc34-pisx3-3cp5z-3oj4a-qzzny-jbsv3-4qe',
  'pzp6e-ekpqk-3c5x7-2h6so-njoeq-mt45d-h3h6c-q3mxf-vpeq5-fk5o7-yae',
  'rtvil-s5u5d-jbj7o-prlhw-bzlr5-3j5kn-2iu7a-jq2hl-avkhn-w7oa7-6ae',
  'xlkub-3thlm-uha3c-hqmfw-qykp5-6rldi-hpfxy-nwyxy-w6bbk-tpg5h-vqe',
  '3zsyy-cnoqf-tvlun-ymf55-tkpca-ox7uw-kfxoh-7khwq-2gz43-wafem-lqe',
  'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe',
];

/** The API boundary nodes in the order in which the rollout samples update them, one in a batch. */
export const boundaryNodes: readonly string[] = [
  '4fssn-4vi43-2qufr-hlrfz-hfohd-jgrwc-7l7ok-uatwb-ukau7-lwmoz-tae',
  '4p3lu-7sy3a-ph47t-wlvb6-naehi-oki2f-pkokv-hovam-s5iul-sxvwk-3ae',
  '5dpkp-lfhr2-j7mfz-gavpn-puej5-wdfzg-fw42o-zupnu-izvk3-ubzzi-6ae',
  '74dcj-ui3qb-pzfzv-yxfik-hgh5v-42d2t-rwxpu-yiia3-yr3vn-24kya-tae',
  'atrq6-prjsa-w2b32-gyukj-ivjd6-kc4gq-ufi6v-yier6-puxtx-n2ipp-fqe',
  'bcbz4-w2ogq-jt7xk-xd7b2-ylhei-ygp3n-pjpdy-253tu-fpn3s-f5asy-fqe',
  'bfj6y-cmhcf-6fxs7-ku2u4-tucww-b2eej-2dmap-snurk-3yaks-ss7xe-rae',
  'coqzx-lgyi2-hizw4-nax6t-mshs6-y4ml6-xon24-ioon4-rer4r-qtuan-cae',
  'dl74z-6vpps-k6bpu-5hjsj-fb6lb-34tsv-ue5gt-bdkjn-35pt5-fdu2a-rae',
  'ec62l-q44va-5lyw2-gbl4w-xcx55-c3qv4-q67vc-fu6s7-xpm2r-7tjrw-tae',
  'ek6px-kxr47-noli7-nyjql-au5uc-tmj3k-777mf-lfla5-k4xx4-msu3j-dae',
  'jlifv-mddo3-zfwdc-x2wmu-xklbj-dai3i-3pvjy-j4hqm-sarqr-fhkq6-zae',
  'lwxeh-xayoz-wu5eb-hwraj-a3pew-yeioj-cnwat-5uow4-ugxkc-kx44o-4ae',
  'mbsyf-dtlsd-ccjq4-63rmh-u2lv7-dwxuq-ym6bk-63i2l-5uyki-zccek-mqe',
  'mj4qw-5oxqx-5jgpn-66re3-gzgjb-rphz5-hmwhc-ahaa5-vespc-s4maj-vqe',
  'pxxcj-h2sa5-q2yql-4j7od-jwtvq-uisnw-w2ox6-xtfqi-noxva-nlgxx-wqe',
  'q6hk7-hplmv-xsedz-5bv7n-vfkws-rjyel-ijhge-hx2zg-nk7wb-tzisp-xqe',
  'ubipk-gibrt-gr23n-u4mrg-iwgaa-4jz42-y6gt6-3htxw-3mq2m-dwhv2-pqe',
  'upg5h-ggk5u-6qxp7-ksz3r-osynn-z2wou-65klx-cuala-sd6y3-3lorr-dae',
  'yqbqe-whgvn-teyic-zvtln-rcolf-yztin-ecal6-smlwy-6imph-6isdn-qqe',
];
