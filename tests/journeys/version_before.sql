-- A database of the version before, as it was left when the process was killed: jobs in every state, requests in the
-- making, and all that its people and operators had chosen. Its people are made up.
-- Moments are whole microseconds since 1970; whoever reads this brings them up to today (see `version_before.py` beside it).

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE jobs (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    account_id BIGINT NOT NULL,
    requester_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT,
    request_message_id BIGINT,
    prompt TEXT NOT NULL,
    model VARCHAR(40) NOT NULL,
    seconds INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    price INTEGER NOT NULL,
    private BOOLEAN NOT NULL,
    watermark BOOLEAN NOT NULL,
    state VARCHAR(20) NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    troubled_since BIGINT,
    status_message_id BIGINT,
    ordered_at BIGINT,
    video_id VARCHAR(255),
    progress INTEGER,
    progress_at BIGINT,
    pace FLOAT,
    told_late BOOLEAN NOT NULL,
    rendered_at BIGINT,
    video_url TEXT,
    failure VARCHAR(40),
    failure_detail TEXT NOT NULL,
    sending BOOLEAN NOT NULL,
    result_message_id BIGINT,
    file_id VARCHAR(255),
    finished_at BIGINT, photos JSON DEFAULT '[]' NOT NULL, language VARCHAR(20) DEFAULT 'en' NOT NULL, character_url TEXT, character_start FLOAT, character_end FLOAT, original_job_id BIGINT, original_video_id VARCHAR(255), removed_at BIGINT, of_grants INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_jobs PRIMARY KEY (id),
    CONSTRAINT ck_jobs_state_is_known CHECK (state IN ('cancelled', 'delivering', 'done', 'failed', 'queued', 'rendering', 'submitting')),
    CONSTRAINT ck_jobs_rendering_has_its_id CHECK (state <> 'rendering' OR video_id IS NOT NULL),
    CONSTRAINT ck_jobs_failed_has_a_reason CHECK (state <> 'failed' OR failure IS NOT NULL),
    CONSTRAINT ck_jobs_done_has_no_reason CHECK (state <> 'done' OR failure IS NULL),
    CONSTRAINT ck_jobs_over_has_an_end CHECK ((finished_at IS NULL) = (state IN ('delivering', 'queued', 'rendering', 'submitting'))),
    CONSTRAINT ck_jobs_price_is_no_gift CHECK (price >= 0),
    CONSTRAINT ck_jobs_progress_is_per_cent CHECK (progress BETWEEN 0 AND 100),
    CONSTRAINT uq_jobs_origin UNIQUE (origin)
);
CREATE TABLE job_moves (
    id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    state_before VARCHAR(20),
    state VARCHAR(20) NOT NULL,
    CONSTRAINT pk_job_moves PRIMARY KEY (id),
    CONSTRAINT fk_job_moves_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE drafts (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    account_id BIGINT NOT NULL,
    requester_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT,
    request_message_id BIGINT,
    text TEXT,
    created_at BIGINT NOT NULL,
    message_id BIGINT, photos JSON DEFAULT '[]' NOT NULL, language VARCHAR(20) DEFAULT 'en' NOT NULL, kind VARCHAR(20) DEFAULT 'card' NOT NULL, chosen VARCHAR(100) DEFAULT '' NOT NULL, job_id BIGINT,
    CONSTRAINT pk_drafts PRIMARY KEY (id),
    CONSTRAINT uq_drafts_origin UNIQUE (origin)
);
CREATE TABLE preferences (
    person_id BIGINT NOT NULL,
    language VARCHAR(20),
    model VARCHAR(40),
    seconds INTEGER,
    width INTEGER,
    height INTEGER,
    private BOOLEAN NOT NULL,
    watermark BOOLEAN NOT NULL,
    ask_first BOOLEAN NOT NULL,
    CONSTRAINT pk_preferences PRIMARY KEY (person_id)
);
CREATE TABLE characters (
    id INTEGER NOT NULL,
    owner_id BIGINT NOT NULL,
    name VARCHAR(40) NOT NULL,
    url TEXT NOT NULL,
    start FLOAT NOT NULL,
    "end" FLOAT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_characters PRIMARY KEY (id),
    CONSTRAINT uq_characters_owner_id_name UNIQUE (owner_id, name)
);
CREATE TABLE accounts (
    id BIGINT NOT NULL,
    name VARCHAR(200) DEFAULT '' NOT NULL,
    username VARCHAR(40),
    language VARCHAR(20) DEFAULT 'en' NOT NULL,
    since BIGINT,
    has_limit BOOLEAN DEFAULT '0' NOT NULL,
    credits INTEGER,
    has_grants BOOLEAN DEFAULT '0' NOT NULL,
    standing VARCHAR(20) DEFAULT 'stranger' NOT NULL,
    banned_at BIGINT,
    banned_until BIGINT,
    ban_reason TEXT DEFAULT '' NOT NULL,
    unreachable_since BIGINT,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT ck_accounts_standing_is_known CHECK (standing IN ('allowed', 'refused', 'stranger', 'waiting')),
    CONSTRAINT ck_accounts_credits_are_no_debt CHECK (credits >= 0)
);
CREATE TABLE grants (
    id INTEGER NOT NULL,
    account_id BIGINT NOT NULL,
    credits INTEGER NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_grants PRIMARY KEY (id)
);
CREATE TABLE audit (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    admin_id BIGINT NOT NULL,
    action VARCHAR(40) NOT NULL,
    at BIGINT NOT NULL,
    account_id BIGINT,
    job_id BIGINT,
    detail TEXT NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id),
    CONSTRAINT uq_audit_origin UNIQUE (origin)
);
CREATE TABLE house_rules (
    name VARCHAR(40) NOT NULL,
    value VARCHAR(100) NOT NULL,
    CONSTRAINT pk_house_rules PRIMARY KEY (name)
);
CREATE TABLE groups (
    chat_id BIGINT NOT NULL,
    is_on BOOLEAN DEFAULT '1' NOT NULL,
    admins_only BOOLEAN DEFAULT '0' NOT NULL,
    language VARCHAR(20),
    model VARCHAR(40),
    width INTEGER,
    height INTEGER,
    greeted_at BIGINT,
    CONSTRAINT pk_groups PRIMARY KEY (chat_id)
);
CREATE TABLE holds (
    name VARCHAR(80) NOT NULL,
    cause VARCHAR(20) NOT NULL,
    model VARCHAR(40),
    since BIGINT NOT NULL,
    why TEXT NOT NULL,
    probe_at BIGINT,
    probes INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_holds PRIMARY KEY (name),
    CONSTRAINT ck_holds_cause_is_known CHECK (cause IN ('balance', 'key', 'model', 'pause'))
);
CREATE TABLE alerts (
    name VARCHAR(80) NOT NULL,
    since BIGINT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_alerts PRIMARY KEY (name)
);
CREATE TABLE broadcasts (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    admin_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    card_message_id BIGINT,
    language VARCHAR(20) DEFAULT 'en' NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    stopped_at BIGINT,
    finished_at BIGINT,
    CONSTRAINT pk_broadcasts PRIMARY KEY (id),
    CONSTRAINT uq_broadcasts_origin UNIQUE (origin)
);
CREATE TABLE broadcast_people (
    broadcast_id INTEGER NOT NULL,
    person_id BIGINT NOT NULL,
    outcome VARCHAR(20),
    at BIGINT,
    CONSTRAINT pk_broadcast_people PRIMARY KEY (broadcast_id, person_id),
    CONSTRAINT ck_broadcast_people_outcome_is_known CHECK (outcome IN ('blocked', 'delivered', 'failed', 'unknown')),
    CONSTRAINT fk_broadcast_people_broadcast_id FOREIGN KEY(broadcast_id) REFERENCES broadcasts (id) ON DELETE CASCADE
);
CREATE INDEX ix_jobs_account ON jobs (account_id, created_at);
CREATE INDEX ix_jobs_due ON jobs (due_at) WHERE finished_at IS NULL;
CREATE INDEX ix_jobs_model ON jobs (model, seconds, id);
CREATE INDEX ix_jobs_requester ON jobs (requester_id, id);
CREATE INDEX ix_job_moves_job_id ON job_moves (job_id);
CREATE INDEX ix_drafts_message ON drafts (chat_id, message_id);
CREATE INDEX ix_jobs_result ON jobs (chat_id, result_message_id);
CREATE INDEX ix_jobs_of_grants ON jobs (account_id) WHERE of_grants > 0;
CREATE INDEX ix_jobs_created ON jobs (created_at);
CREATE INDEX ix_accounts_username ON accounts (username);
CREATE INDEX ix_grants_account_id ON grants (account_id);
CREATE INDEX ix_broadcast_people_unsent ON broadcast_people (broadcast_id, person_id) WHERE outcome IS NULL;

INSERT INTO alembic_version (version_num) VALUES
('0003');

INSERT INTO jobs (id, origin, account_id, requester_id, chat_id, thread_id, request_message_id, prompt, model, seconds, width, height, price, private, watermark, state, created_at, due_at, attempts, troubled_since, status_message_id, ordered_at, video_id, progress, progress_at, pace, told_late, rendered_at, video_url, failure, failure_detail, sending, result_message_id, file_id, finished_at, photos, language, character_url, character_start, character_end, original_job_id, original_video_id, removed_at, of_grants) VALUES
(1, 'message:10000001:175', 10000001, 10000001, 10000001, NULL, 175, 'a lighthouse at dusk', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563907603033, 1795563909097557, 0, NULL, 176, 1795563907758578, 'video_1', 100, NULL, NULL, 0, 1795563908234476, 'http://cdn.example/sora/1.mp4', NULL, '', 0, 177, 'file-id-of-video-1', 1795563909097557, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(2, 'message:10000001:178', 10000001, 10000001, 10000001, NULL, 178, 'let it snow', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563909485112, 1795563910237217, 0, NULL, 179, 1795563909877800, 'video_2', 100, NULL, NULL, 0, 1795563910176780, 'http://cdn.example/sora/2.mp4', NULL, '', 0, 180, 'file-id-of-video-2', 1795563910237217, '[["file-id-of-photo-1", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(3, 'message:10000001:181', 10000001, 10000001, 10000001, NULL, 181, 'a secret party', 'sora-2', 10, 720, 1280, 1, 1, 1, 'done', 1795563910388456, 1795563910909862, 0, NULL, 182, 1795563910537364, 'video_3', 100, NULL, NULL, 0, 1795563910839944, 'http://cdn.example/sora/3.mp4', NULL, '', 0, 183, 'file-id-of-video-3', 1795563910909862, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(4, 'message:10000001:184', 10000001, 10000001, 10000001, NULL, 184, 'rex on a skateboard', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563911185118, 1795563912174536, 0, NULL, 185, 1795563911760858, 'video_4', 100, NULL, NULL, 0, 1795563912005294, 'http://cdn.example/sora/4.mp4', NULL, '', 0, 186, 'file-id-of-video-4', 1795563912174536, '[]', 'en', 'https://example.com/rex.mp4', 1.0, 3.0, NULL, NULL, NULL, 0),
(5, 'message:10000001:187', 10000001, 10000001, 10000001, NULL, 187, 'a train in the rain', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563912327487, 1795563913006471, 0, NULL, 188, 1795563912579128, 'video_5', 100, NULL, NULL, 0, 1795563912921540, 'http://cdn.example/sora/5.mp4', NULL, '', 0, 189, 'file-id-of-video-5', 1795563913006471, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(6, 'message:10000001:190', 10000001, 10000001, 10000001, NULL, 190, 'a kite over the sea', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563913161556, 1795563913608100, 0, NULL, 191, 1795563913311716, 'video_6', 100, NULL, NULL, 0, 1795563913532891, 'http://cdn.example/sora/6.mp4', NULL, '', 0, 192, 'file-id-of-video-6', 1795563913608100, '[]', 'en', NULL, NULL, NULL, NULL, NULL, 1795563917328572, 0),
(7, 'message:10000001:193', 10000001, 10000001, 10000001, NULL, 193, 'a wooden boat', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563913755813, 1795563914200542, 0, NULL, 194, 1795563913910339, 'video_7', 100, NULL, NULL, 0, 1795563914126538, 'http://cdn.example/sora/7.mp4', NULL, '', 0, 195, 'file-id-of-video-7', 1795563914200542, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(8, 'message:10000001:196', 10000001, 10000001, 10000001, NULL, 196, 'make it night', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563914366328, 1795563914883468, 0, NULL, 197, 1795563914540880, 'video_8', 100, NULL, NULL, 0, 1795563914766776, 'http://cdn.example/sora/8.mp4', NULL, '', 0, 198, 'file-id-of-video-8', 1795563914883468, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(9, 'message:10000001:202', 10000001, 10000001, 10000001, NULL, 202, 'too wild for them', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563919622231, 1795563919790057, 0, NULL, 203, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'moderated', 'This content may violate our guardrails concerning similarity to third-party content.', 0, NULL, NULL, 1795563919790057, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(10, 'message:10000001:204', 10000001, 10000001, 10000001, NULL, 204, 'lost on the way', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563919929267, 1795563920147357, 0, NULL, 205, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'unknown_outcome', '', 0, NULL, NULL, 1795563920147357, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(11, 'message:10000001:207', 10000001, 10000001, 10000001, NULL, 207, 'a broken render', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563920300241, 1795563920707809, 0, NULL, 208, 1795563920475484, 'video_9', NULL, NULL, NULL, 0, NULL, NULL, 'render_failed', 'out of memory', 0, NULL, NULL, 1795563920707809, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(12, 'message:10000001:209', 10000001, 10000001, 10000001, NULL, 209, 'thrown away too soon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563920867329, 1795563921230486, 0, NULL, 210, 1795563921011697, 'video_10', NULL, NULL, NULL, 0, NULL, NULL, 'expired', '', 0, NULL, NULL, 1795563921230486, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(13, 'message:10000001:211', 10000001, 10000001, 10000001, NULL, 211, 'make it winter', 'sora-2', 10, 720, 1280, 1, 0, 0, 'failed', 1795563921356928, 1795563921489278, 0, NULL, 212, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'original_gone', 'Not found', 0, NULL, NULL, 1795563921489278, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(14, 'message:10000001:213', 10000001, 10000001, 10000001, NULL, 213, 'a broken photo', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563921940785, 1795563922094670, 0, NULL, 214, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'photo_broken', '', 0, NULL, NULL, 1795563922094670, '[["file-id-of-file-1"]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(15, 'message:-1000004000001:4', 10000001, 10000001, -1000004000001, NULL, 4, 'a parade', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563924719178, 1795563925117588, 0, NULL, 5, 1795563924842585, 'video_11', 100, NULL, NULL, 0, 1795563925059036, 'http://cdn.example/sora/9.mp4', NULL, '', 0, 6, 'file-id-of-video-9', 1795563925117588, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(16, 'message:-1000004000001:7', 10000004, 10000004, -1000004000001, NULL, 7, 'make it louder', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563925256347, 1795563925631916, 0, NULL, 8, 1795563925380371, 'video_12', 100, NULL, NULL, 0, 1795563925592110, 'http://cdn.example/sora/10.mp4', NULL, '', 0, 11, 'file-id-of-video-10', 1795563925631916, '[]', 'en', NULL, NULL, NULL, 15, 'video_11', NULL, 0),
(17, 'message:10000004:229', 10000004, 10000004, 10000004, NULL, 229, 'a harbour', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563926362443, 1795563926729699, 0, NULL, 230, 1795563926484707, 'video_13', 100, NULL, NULL, 0, 1795563926694098, 'http://cdn.example/sora/11.mp4', NULL, '', 0, 231, 'file-id-of-video-11', 1795563926729699, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(18, 'forgotten:18', 10000010, 0, 0, NULL, NULL, '', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795823126970654, 1795823127338221, 0, NULL, NULL, 1795823127092353, NULL, 100, NULL, NULL, 0, 1795823127303260, NULL, NULL, '', 0, NULL, NULL, 1795823127338221, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(19, 'message:10000012:241', 10000012, 10000012, 10000012, NULL, 241, 'a closed door', 'sora-2', 10, 720, 1280, 1, 0, 0, 'failed', 1795823127561063, 1795823128456217, 0, NULL, 242, 1795823127691001, 'video_14', 100, 1795823127901292, 470.77621010884917, 0, 1795823128415678, 'http://cdn.example/sora/12.mp4', 'undeliverable', '', 0, NULL, NULL, 1795823128456217, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(20, 'message:10000003:243', 10000003, 10000003, 10000003, NULL, 243, 'a castle', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795823131181482, 1795823131561460, 0, NULL, 244, 1795823131311849, 'video_15', 100, NULL, NULL, 0, 1795823131522085, 'http://cdn.example/sora/13.mp4', NULL, '', 0, 245, 'file-id-of-video-12', 1795823131561460, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(21, 'message:10000008:290', 10000008, 10000008, 10000008, NULL, 290, 'ein Drache', 'veo-fast', 8, 1280, 720, 1, 0, 0, 'queued', 1795823136217591, 1795823136343642, 0, NULL, 291, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'de', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(22, 'message:10000001:295', 10000001, 10000001, 10000001, NULL, 295, 'a comet on the wire', 'sora-2', 10, 720, 1280, 1, 0, 1, 'submitting', 1795823137735508, 1795823174819476, 0, NULL, 296, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(23, 'message:10000008:297', 10000008, 10000008, 10000008, NULL, 297, 'ein Schloss', 'sora-2', 10, 720, 1280, 1, 0, 0, 'delivering', 1795823137885074, 1795823174819476, 0, NULL, 299, 1795823138019034, 'video_16', 100, NULL, NULL, 0, 1795823138229480, 'http://cdn.example/sora/14.mp4', NULL, '', 1, NULL, NULL, NULL, '[]', 'de', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(24, 'message:10000001:298', 10000001, 10000001, 10000001, NULL, 298, 'a bridge in fog', 'sora-2', 10, 720, 1280, 1, 0, 1, 'delivering', 1795823137885461, 1795823174819476, 0, NULL, 300, 1795823138025489, 'video_17', 100, NULL, NULL, 0, 1795823138240749, 'http://cdn.example/sora/15.mp4', NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(25, 'message:10000001:301', 10000001, 10000001, 10000001, NULL, 301, 'a slow river', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795823139390653, 1795823151228446, 0, NULL, 304, 1795823139551421, 'video_18', 99, 1795823139762168, 469.75757662030776, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(26, 'message:-1000004000001:16', 10000001, 10000001, -1000004000001, NULL, 16, 'a slow parade', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795823139391480, 1795823151259165, 0, NULL, 17, 1795823139560004, 'video_19', 99, 1795823139775365, 459.6932592252079, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(27, 'message:10000001:302', 10000001, 10000001, 10000001, NULL, 302, 'a slow fire', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795823139407947, 1795823151369760, 0, NULL, 305, 1795823139567751, 'video_20', 99, 1795823139787136, 451.26148095813295, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(28, 'message:10000001:303', 10000001, 10000001, 10000001, NULL, 303, 'a slow snail', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795823139423979, 1795823151592056, 0, NULL, 306, 1795823139573156, 'video_21', 99, 1795823139790058, 456.4273266267715, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(29, 'message:10000003:307', 10000003, 10000003, 10000003, NULL, 307, 'a wild duel', 'sora-2', 10, 720, 1280, 1, 0, 0, 'delivering', 1795823141390293, 1795823174819476, 0, NULL, 308, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'moderated', 'This content may violate our guardrails concerning similarity to third-party content.', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(30, 'message:10000001:311', 10000001, 10000001, 10000001, NULL, 311, 'a queue of ducks', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795823142905035, 1795823142912034, 0, NULL, 312, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(31, 'message:10000001:313', 10000001, 10000001, 10000001, NULL, 313, 'the photo moves', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795823143106144, 1795823143113126, 0, NULL, 314, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[["file-id-of-photo-2", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(32, 'message:10000001:315', 10000001, 10000001, 10000001, NULL, 315, 'make it summer', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued', 1795823143310668, 1795823143318634, 0, NULL, 316, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(33, 'message:10000001:317', 10000001, 10000001, 10000001, NULL, 317, 'rex waits too', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795823143511517, 1795823143517512, 0, NULL, 318, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', 'https://example.com/rex.mp4', 1.0, 3.0, NULL, NULL, NULL, 0),
(34, 'message:-1000004000001:18', 10000001, 10000001, -1000004000001, NULL, 18, 'the club waits', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795823143711455, 1795823143719758, 0, NULL, 19, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(35, 'message:10000003:319', 10000003, 10000003, 10000003, NULL, 319, 'a grant well spent', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued', 1795823143912503, 1795823143922451, 0, NULL, 320, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(36, 'message:10000001:321', 10000001, 10000001, 10000001, NULL, 321, 'long forgotten', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795794344113005, 1795794344120219, 0, NULL, 322, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(37, 'message:10000001:323', 10000001, 10000001, 10000001, NULL, 323, 'never mind', 'sora-2', 10, 720, 1280, 1, 0, 1, 'cancelled', 1795823144314427, 1795823144920590, 0, NULL, 324, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, 1795823144920590, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(38, 'draft:6', 10000001, 10000001, 10000001, NULL, 221, 'a red balloon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795823144952242, 1795823144971658, 0, NULL, 222, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[["file-id-of-photo-3", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(39, 'retry:12', 10000001, 10000001, 10000001, NULL, 209, 'thrown away too soon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795823145006074, 1795823145013440, 0, NULL, 210, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(40, 'press:again:7::4200000000000044', 10000001, 10000001, 10000001, NULL, 193, 'a wooden boat', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795823145020456, 1795823145029758, 0, NULL, 325, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(41, 'message:-1000004000003:2', -1000004000003, 10000003, -1000004000003, NULL, 2, 'the office pays', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued', 1795823145483591, 1795823145489627, 0, NULL, 3, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0);

INSERT INTO job_moves (id, job_id, at, state_before, state) VALUES
(1, 1, 1795563907603033, NULL, 'queued'),
(2, 1, 1795563907747081, 'queued', 'submitting'),
(3, 1, 1795563907758578, 'submitting', 'rendering'),
(4, 1, 1795563908234531, 'rendering', 'delivering'),
(5, 1, 1795563909097601, 'delivering', 'done'),
(6, 2, 1795563909485112, NULL, 'queued'),
(7, 2, 1795563909867905, 'queued', 'submitting'),
(8, 2, 1795563909877800, 'submitting', 'rendering'),
(9, 2, 1795563910176837, 'rendering', 'delivering'),
(10, 2, 1795563910237254, 'delivering', 'done'),
(11, 3, 1795563910388456, NULL, 'queued'),
(12, 3, 1795563910528250, 'queued', 'submitting'),
(13, 3, 1795563910537364, 'submitting', 'rendering'),
(14, 3, 1795563910840002, 'rendering', 'delivering'),
(15, 3, 1795563910909895, 'delivering', 'done'),
(16, 4, 1795563911185118, NULL, 'queued'),
(17, 4, 1795563911692782, 'queued', 'submitting'),
(18, 4, 1795563911760858, 'submitting', 'rendering'),
(19, 4, 1795563912005351, 'rendering', 'delivering'),
(20, 4, 1795563912174570, 'delivering', 'done'),
(21, 5, 1795563912327487, NULL, 'queued'),
(22, 5, 1795563912568012, 'queued', 'submitting'),
(23, 5, 1795563912579128, 'submitting', 'rendering'),
(24, 5, 1795563912921597, 'rendering', 'delivering'),
(25, 5, 1795563913006503, 'delivering', 'done'),
(26, 6, 1795563913161556, NULL, 'queued'),
(27, 6, 1795563913301097, 'queued', 'submitting'),
(28, 6, 1795563913311716, 'submitting', 'rendering'),
(29, 6, 1795563913532948, 'rendering', 'delivering'),
(30, 6, 1795563913608137, 'delivering', 'done'),
(31, 7, 1795563913755813, NULL, 'queued'),
(32, 7, 1795563913894506, 'queued', 'submitting'),
(33, 7, 1795563913910339, 'submitting', 'rendering'),
(34, 7, 1795563914126593, 'rendering', 'delivering'),
(35, 7, 1795563914200579, 'delivering', 'done'),
(36, 8, 1795563914366328, NULL, 'queued'),
(37, 8, 1795563914524337, 'queued', 'submitting'),
(38, 8, 1795563914540880, 'submitting', 'rendering'),
(39, 8, 1795563914766834, 'rendering', 'delivering'),
(40, 8, 1795563914883516, 'delivering', 'done'),
(41, 9, 1795563919622231, NULL, 'queued'),
(42, 9, 1795563919752013, 'queued', 'submitting'),
(43, 9, 1795563919776588, 'submitting', 'delivering'),
(44, 9, 1795563919794154, 'delivering', 'failed'),
(45, 10, 1795563919929267, NULL, 'queued'),
(46, 10, 1795563920116264, 'queued', 'submitting'),
(47, 10, 1795563920125476, 'submitting', 'delivering'),
(48, 10, 1795563920151462, 'delivering', 'failed'),
(49, 11, 1795563920300241, NULL, 'queued'),
(50, 11, 1795563920456300, 'queued', 'submitting'),
(51, 11, 1795563920475484, 'submitting', 'rendering'),
(52, 11, 1795563920696148, 'rendering', 'delivering'),
(53, 11, 1795563920711005, 'delivering', 'failed'),
(54, 12, 1795563920867329, NULL, 'queued'),
(55, 12, 1795563921003045, 'queued', 'submitting'),
(56, 12, 1795563921011697, 'submitting', 'rendering'),
(57, 12, 1795563921222771, 'rendering', 'delivering'),
(58, 12, 1795563921233914, 'delivering', 'failed'),
(59, 13, 1795563921356928, NULL, 'queued'),
(60, 13, 1795563921472990, 'queued', 'submitting'),
(61, 13, 1795563921479379, 'submitting', 'delivering'),
(62, 13, 1795563921492885, 'delivering', 'failed'),
(63, 14, 1795563921940785, NULL, 'queued'),
(64, 14, 1795563922083963, 'queued', 'delivering'),
(65, 14, 1795563922098019, 'delivering', 'failed'),
(66, 15, 1795563924719178, NULL, 'queued'),
(67, 15, 1795563924834267, 'queued', 'submitting'),
(68, 15, 1795563924842585, 'submitting', 'rendering'),
(69, 15, 1795563925059094, 'rendering', 'delivering'),
(70, 15, 1795563925117623, 'delivering', 'done'),
(71, 16, 1795563925256347, NULL, 'queued'),
(72, 16, 1795563925373344, 'queued', 'submitting'),
(73, 16, 1795563925380371, 'submitting', 'rendering'),
(74, 16, 1795563925592162, 'rendering', 'delivering'),
(75, 16, 1795563925631949, 'delivering', 'done'),
(76, 17, 1795563926362443, NULL, 'queued'),
(77, 17, 1795563926476810, 'queued', 'submitting'),
(78, 17, 1795563926484707, 'submitting', 'rendering'),
(79, 17, 1795563926694148, 'rendering', 'delivering'),
(80, 17, 1795563926729732, 'delivering', 'done'),
(81, 19, 1795823127561063, NULL, 'queued'),
(82, 19, 1795823127677414, 'queued', 'submitting'),
(83, 19, 1795823127691001, 'submitting', 'rendering'),
(84, 19, 1795823128415728, 'rendering', 'delivering'),
(85, 19, 1795823128458796, 'delivering', 'failed'),
(86, 20, 1795823131181482, NULL, 'queued'),
(87, 20, 1795823131301037, 'queued', 'submitting'),
(88, 20, 1795823131311849, 'submitting', 'rendering'),
(89, 20, 1795823131522138, 'rendering', 'delivering'),
(90, 20, 1795823131561492, 'delivering', 'done'),
(91, 21, 1795823136217591, NULL, 'queued'),
(92, 21, 1795823136336001, 'queued', 'submitting'),
(93, 21, 1795823136343642, 'submitting', 'queued'),
(94, 22, 1795823137735508, NULL, 'queued'),
(95, 22, 1795823137875652, 'queued', 'submitting'),
(96, 23, 1795823137885074, NULL, 'queued'),
(97, 24, 1795823137885461, NULL, 'queued'),
(98, 23, 1795823138007366, 'queued', 'submitting'),
(99, 24, 1795823138007502, 'queued', 'submitting'),
(100, 23, 1795823138019034, 'submitting', 'rendering'),
(101, 24, 1795823138025489, 'submitting', 'rendering'),
(102, 23, 1795823138229532, 'rendering', 'delivering'),
(103, 24, 1795823138240803, 'rendering', 'delivering'),
(104, 25, 1795823139390653, NULL, 'queued'),
(105, 26, 1795823139391480, NULL, 'queued'),
(106, 27, 1795823139407947, NULL, 'queued'),
(107, 28, 1795823139423979, NULL, 'queued'),
(108, 25, 1795823139540481, 'queued', 'submitting'),
(109, 26, 1795823139540612, 'queued', 'submitting'),
(110, 27, 1795823139540634, 'queued', 'submitting'),
(111, 28, 1795823139540653, 'queued', 'submitting'),
(112, 25, 1795823139551421, 'submitting', 'rendering'),
(113, 26, 1795823139560004, 'submitting', 'rendering'),
(114, 27, 1795823139567751, 'submitting', 'rendering'),
(115, 28, 1795823139573156, 'submitting', 'rendering'),
(116, 29, 1795823141390293, NULL, 'queued'),
(117, 29, 1795823141413649, 'queued', 'submitting'),
(118, 29, 1795823141420569, 'submitting', 'delivering'),
(119, 30, 1795823142905035, NULL, 'queued'),
(120, 31, 1795823143106144, NULL, 'queued'),
(121, 32, 1795823143310668, NULL, 'queued'),
(122, 33, 1795823143511517, NULL, 'queued'),
(123, 34, 1795823143711455, NULL, 'queued'),
(124, 35, 1795823143912503, NULL, 'queued'),
(125, 36, 1795794344113005, NULL, 'queued'),
(126, 37, 1795823144314427, NULL, 'queued'),
(127, 37, 1795823144920590, 'queued', 'cancelled'),
(128, 38, 1795823144952242, NULL, 'queued'),
(129, 39, 1795823145006074, NULL, 'queued'),
(130, 40, 1795823145020456, NULL, 'queued'),
(131, 41, 1795823145483591, NULL, 'queued');

INSERT INTO drafts (id, origin, account_id, requester_id, chat_id, thread_id, request_message_id, text, created_at, message_id, photos, language, kind, chosen, job_id) VALUES
(1, 'press:4200000000000018', 10000001, 10000001, 10000001, NULL, 178, NULL, 1795823115127810, 199, '[]', 'en', 'change', '', 2),
(2, 'message:10000001:200', 10000001, 10000001, 10000001, NULL, 200, 'make it night', 1795563919585278, 201, '[]', 'en', 'card', '', 3),
(3, 'message:10000001:215', 10000001, 10000001, 10000001, NULL, 215, 'a green meadow --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795823123522000, 216, '[]', 'en', 'card', '', NULL),
(4, 'message:10000001:217', 10000001, 10000001, 10000001, NULL, 217, '--seconds 15', 1795823123706672, 218, '[]', 'en', 'words', '', NULL),
(5, 'message:10000001:219', 10000001, 10000001, 10000001, NULL, 219, '', 1795563923718216, 220, '[["file-id-of-photo-3", 720, 1280]]', 'en', 'words', '', NULL),
(6, 'message:10000001:221', 10000001, 10000001, 10000001, NULL, 221, 'a red balloon --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795823124119431, 222, '[["file-id-of-photo-3", 720, 1280]]', 'en', 'card', '', NULL),
(7, 'message:10000001:223', 10000001, 10000001, 10000001, NULL, 223, 'an old card --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795131924133069, 224, '[]', 'en', 'card', '', NULL),
(8, 'message:-1000004000001:9', 10000004, 10000004, -1000004000001, NULL, 9, 'more flags', 1795823125269533, 10, '[]', 'en', 'card', '', 15),
(9, 'message:10000004:234', 10000004, 10000004, 10000004, NULL, 234, 'in fog', 1795823126960249, 235, '[]', 'en', 'card', '', 17),
(10, 'message:10000002:270', 10000002, 10000002, 10000002, NULL, 270, 'News of spring --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795823134536310, 271, '[]', 'en', 'card', '', NULL),
(11, 'message:10000002:282', 10000002, 10000002, 10000002, NULL, 282, 'News of summer --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795823135133703, 283, '[]', 'en', 'card', '', NULL),
(12, 'message:10000002:286', 10000002, 10000002, 10000002, NULL, 286, 'News of autumn --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795823135706984, 287, '[]', 'en', 'card', '', NULL),
(13, 'message:10000002:334', 10000002, 10000002, 10000002, NULL, 334, 'News of winter --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795823145996646, 335, '[]', 'en', 'card', '', NULL),
(14, 'message:10000001:338', 10000001, 10000001, 10000001, NULL, 338, 'a fox --such as this-- —private eyes --model=sora-2 --seconds=15 --size=720x1280 --private=False --watermark=True', 1795823146000000, 339, '[]', 'en', 'card', 'seconds', NULL);

INSERT INTO preferences (person_id, language, model, seconds, width, height, private, watermark, ask_first) VALUES
(10000008, 'de', NULL, NULL, NULL, NULL, 0, 0, 0),
(10000001, NULL, NULL, 10, 720, 1280, 0, 1, 0),
(10000004, NULL, NULL, NULL, NULL, NULL, 0, 0, 1);

INSERT INTO characters (id, owner_id, name, url, start, "end", created_at) VALUES
(1, 10000001, 'rex', 'https://example.com/rex.mp4', 1.0, 3.0, 1795823107468348),
(2, 10000001, 'old_tom', 'https://example.com/tom.mp4', 2.0, 4.0, 1795823107497385);

INSERT INTO accounts (id, name, username, language, since, has_limit, credits, has_grants, standing, banned_at, banned_until, ban_reason, unreachable_since) VALUES
(-1000004000003, 'Office', NULL, 'en', 1795823145483325, 1, 20, 0, 'stranger', NULL, NULL, '', NULL),
(-1000004000002, 'Quiet corner', NULL, 'en', 1795823124653323, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(-1000004000001, 'Film club', NULL, 'en', 1795823124144727, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000001, 'Mina', 'mina', 'en', 1795823104981606, 1, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000002, 'Boss', NULL, 'en', 1795823104986735, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000003, 'Cara', NULL, 'en', 1795823104962702, 1, 0, 1, 'allowed', NULL, NULL, '', NULL),
(10000004, 'Bo', NULL, 'en', 1795823104955471, 0, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000005, 'Dan', NULL, 'en', 1795823104968471, 0, NULL, 0, 'stranger', 1795823105608121, NULL, 'spam', NULL),
(10000006, 'Eve', NULL, 'en', 1795823105646721, 0, NULL, 0, 'waiting', NULL, NULL, '', NULL),
(10000007, 'Finn', NULL, 'en', 1795823105726576, 0, NULL, 0, 'waiting', NULL, NULL, '', NULL),
(10000008, 'Gwen', NULL, 'de', 1795823104976447, 1, 2, 0, 'allowed', NULL, NULL, '', NULL),
(10000009, 'Hal', NULL, 'en', 1795823104995766, 0, NULL, 0, 'stranger', 1795823145460407, 1796082345460407, 'too many', NULL),
(10000010, '', NULL, 'en', NULL, 0, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000011, 'Jo', NULL, 'en', 1795823106394645, 0, NULL, 0, 'refused', NULL, NULL, '', 1795823106410888),
(10000012, 'Kit', NULL, 'en', 1795823106350088, 0, NULL, 0, 'allowed', NULL, NULL, '', 1795823128162565);

INSERT INTO grants (id, account_id, credits, at) VALUES
(1, 10000003, 5, 1795823105515928),
(2, 10000003, -1, 1795823105565636);

INSERT INTO audit (id, origin, admin_id, action, at, account_id, job_id, detail, why) VALUES
(1, 'press:4200000000000001', 10000002, 'access', 1795823105016293, NULL, NULL, 'invite', ''),
(2, 'message:10000002:117', 10000002, 'allow', 1795823105073807, 10000003, NULL, '', ''),
(3, 'message:10000002:119', 10000002, 'allow', 1795823105370131, 10000004, NULL, '', ''),
(4, 'message:10000002:121', 10000002, 'allow', 1795823105395602, 10000008, NULL, '', ''),
(5, 'message:10000002:123', 10000002, 'allow', 1795823105418291, 10000001, NULL, '', ''),
(6, 'message:10000002:125', 10000002, 'limit', 1795823105442858, 10000001, NULL, 'unlimited', ''),
(7, 'message:10000002:127', 10000002, 'limit', 1795823105487430, 10000003, NULL, '0', ''),
(8, 'message:10000002:129', 10000002, 'grant', 1795823105515928, 10000003, NULL, '5', 'for the film'),
(9, 'message:10000002:131', 10000002, 'grant', 1795823105565636, 10000003, NULL, '-1', ''),
(10, 'message:10000002:134', 10000002, 'limit', 1795823105593716, 10000008, NULL, '2', ''),
(11, 'message:10000002:136', 10000002, 'ban', 1795823105608121, 10000005, NULL, '', 'spam'),
(12, 'message:10000002:138', 10000002, 'budget', 1795823105630241, NULL, NULL, '400', ''),
(13, 'message:10000002:150', 10000002, 'allow', 1795823106332277, 10000010, NULL, '', ''),
(14, 'message:10000002:156', 10000002, 'allow', 1795823106385213, 10000012, NULL, '', ''),
(15, 'press:4200000000000039', 10000002, 'broadcast', 1795823135059731, NULL, NULL, '8', ''),
(16, 'message:10000002:309', 10000002, 'pause', 1795823142892933, NULL, NULL, '', 'a new key'),
(17, 'message:10000002:326', 10000002, 'limit', 1795823145441866, -1000004000003, NULL, '20', ''),
(18, 'message:10000002:328', 10000002, 'limit_default', 1795823145452014, NULL, NULL, '5', ''),
(19, 'message:10000002:330', 10000002, 'ban', 1795823145460407, 10000009, NULL, '3d', 'too many'),
(20, 'press:4200000000000045', 10000002, 'refuse', 1795823145469497, 10000011, NULL, '', ''),
(21, 'press:4200000000000046', 10000002, 'broadcast', 1795823146510908, NULL, NULL, '7', '');

INSERT INTO house_rules (name, value) VALUES
('access', 'invite'),
('budget', '400'),
('allowance', '5');

INSERT INTO groups (chat_id, is_on, admins_only, language, model, width, height, greeted_at) VALUES
(-1000004000001, 1, 0, 'en', 'sora-2', 720, 1280, 1795823104825961),
(-1000004000002, 0, 0, NULL, NULL, NULL, NULL, 1795823104833379),
(-1000004000003, 1, 0, NULL, NULL, NULL, NULL, 1795823104834092);

INSERT INTO holds (name, cause, model, since, why, probe_at, probes) VALUES
('model:veo-fast', 'model', 'veo-fast', 1795823136343642, '当前分组 default 下对于模型 sora-2 无可用渠道', 1795823196343642, 0),
('pause', 'pause', NULL, 1795823142892933, 'a new key', NULL, 0);

INSERT INTO alerts (name, since, detail) VALUES
('paid:10', 1795823120130766, ''),
('hold:model:veo-fast', 1795823136349251, '');

INSERT INTO broadcasts (id, origin, admin_id, chat_id, message_id, card_message_id, language, created_at, confirmed_at, stopped_at, finished_at) VALUES
(1, 'message:10000002:272', 10000002, 10000002, 270, 273, 'en', 1795823134736002, 1795823135059731, NULL, 1795823135124973),
(2, 'message:10000002:288', 10000002, 10000002, 286, 289, 'en', 1795823135906620, NULL, NULL, NULL),
(3, 'message:10000002:336', 10000002, 10000002, 334, 337, 'en', 1795823146195620, 1795823146510908, NULL, NULL);

INSERT INTO broadcast_people (broadcast_id, person_id, outcome, at) VALUES
(1, 10000001, 'delivered', 1795823135080800),
(1, 10000002, 'delivered', 1795823135090573),
(1, 10000003, 'delivered', 1795823135096759),
(1, 10000004, 'delivered', 1795823135101688),
(1, 10000006, 'delivered', 1795823135107174),
(1, 10000007, 'delivered', 1795823135112101),
(1, 10000008, 'delivered', 1795823135116841),
(1, 10000009, 'delivered', 1795823135121744),
(3, 10000001, 'delivered', 1795823146526792),
(3, 10000002, 'delivered', 1795823146534724),
(3, 10000003, NULL, NULL),
(3, 10000004, NULL, NULL),
(3, 10000006, NULL, NULL),
(3, 10000007, NULL, NULL),
(3, 10000008, NULL, NULL);
