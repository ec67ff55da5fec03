/* Stands between a program and the C library (LD_PRELOAD, Linux with glibc) and makes file operations under one
   folder fail, or records them.

   A fault is chosen by calling shim_fail from within the program: the n-th operation of the chosen kinds, and for
   ever after if asked, is refused with an error number, or reads and writes do only half of what was asked.

   A recording is a stream of events, each a header and then path, second path and data:
       char  what      O open  W write  T truncate  F sync  R rename  U unlink  D remove folder  M make folder  K mark
       char  pad[3]
       u32   path, second   lengths in bytes
       i64   handle         which open, counted from 1; 0 for events without one
       i64   offset         of a write; the size of a truncation; the flags of an open
       i64   length         of the data */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum {
    OPEN = 1, READ = 2, WRITE = 4, SYNC = 8, TRUNCATE = 16, RENAME = 32, UNLINK = 64, MKDIR = 128, LIST = 256,
    STAT = 512, CREATE = 1024
};
enum { FOREVER = 1, SHORT = 2, UNTIL_ROOM = 4, NO_SYNC = 8 };
enum { HANDLES = 4096, ROOM = 512 * 1024 };

static char root[PATH_MAX];
static char *paths[HANDLES];
static int64_t serials[HANDLES];
static int64_t opened;
static int kinds, flags, error_number, recorder = -1;
static long wanted, seen, hits;
static char first_hit[PATH_MAX + 32];
static long counts[16];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                                         \
    static type (*real)(__VA_ARGS__);                                 \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static ssize_t raw_write(int handle, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(handle, data, length);
}

void shim_root(const char *path) { snprintf(root, sizeof root, "%s", path); }

void shim_fail(int what, long number, int how, int with) {
    kinds = what, wanted = number, flags = how, error_number = with;
    seen = hits = 0;
    first_hit[0] = 0;
    memset(counts, 0, sizeof counts);
}

void shim_off(void) { kinds = 0; }
long shim_seen(void) { return seen; }
long shim_hits(void) { return hits; }
const char *shim_first_hit(void) { return first_hit; }
long shim_count(int kind) { return counts[__builtin_ctz(kind)]; }
void shim_record(int handle, int how) { recorder = handle, flags = how; }

static int ours(const char *path) {
    size_t length = strlen(root);
    return length && path && !strncmp(path, root, length);
}

static const char *whole(int folder, const char *path, char *buffer) {
    if (!path || path[0] == '/' || folder == AT_FDCWD) return path;
    if (folder < 0 || folder >= HANDLES || !paths[folder]) return NULL;
    snprintf(buffer, PATH_MAX, "%s/%s", paths[folder], path);
    return buffer;
}

static const char *path_of(int handle) { return handle >= 0 && handle < HANDLES ? paths[handle] : NULL; }

static void forget(int handle) {
    if (handle >= 0 && handle < HANDLES) {
        free(paths[handle]);
        paths[handle] = NULL;
    }
}

static void event(char what, const char *path, const char *second, int64_t handle, int64_t offset, const void *data,
                  int64_t length) {
    if (recorder < 0) return;
    struct {
        char what, pad[3];
        uint32_t path, second;
        uint32_t fill;
        int64_t handle, offset, length;
    } header = {what, {0}, path ? strlen(path) : 0, second ? strlen(second) : 0, 0, handle, offset, length};
    int kept = errno;
    pthread_mutex_lock(&lock);
    raw_write(recorder, &header, sizeof header);
    if (path) raw_write(recorder, path, header.path);
    if (second) raw_write(recorder, second, header.second);
    if (length) raw_write(recorder, data, length);
    pthread_mutex_unlock(&lock);
    errno = kept;
}

void shim_mark(const char *text) { event('K', NULL, NULL, 0, 0, text, strlen(text)); }

/* Whether this operation is to be refused; errno is set. With SHORT it is to do half instead. */
static int refused(int what, const char *name, const char *path) {
    for (int bit = 0; bit < 16; bit++)
        if (what >> bit & 1) counts[bit]++;
    if (!(what & kinds)) return 0;
    seen++;
    if (wanted <= 0 || seen < wanted || (seen > wanted && !(flags & FOREVER))) return 0;
    if (!hits++) snprintf(first_hit, sizeof first_hit, "%s %s", name, path + strlen(root));
    errno = error_number;
    return 1;
}

static void room_made(int64_t bytes) {
    if ((flags & UNTIL_ROOM) && hits && bytes >= ROOM) kinds = 0;
}

static int64_t size_of(const char *path) {
    REAL(int, "stat", const char *, struct stat *);
    struct stat found;
    int kept = errno;
    int64_t size = real(path, &found) ? 0 : found.st_size;
    errno = kept;
    return size;
}

static int after_open(int handle, const char *path, int how) {
    if (handle < 0 || handle >= HANDLES) return handle;
    forget(handle);
    if (ours(path)) {
        paths[handle] = strdup(path);
        serials[handle] = ++opened;
        event('O', path, NULL, opened, how, NULL, 0);
    }
    return handle;
}

static int open_kinds(int how) { return OPEN | (how & O_CREAT ? CREATE : 0); }

#define OPENS(name)                                                                        \
    int name(const char *path, int how, ...) {                                             \
        REAL(int, #name, const char *, int, mode_t);                                       \
        va_list rest;                                                                      \
        va_start(rest, how);                                                               \
        mode_t mode = how & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;            \
        va_end(rest);                                                                      \
        if (ours(path) && refused(open_kinds(how), "open", path)) return -1;               \
        return after_open(real(path, how, mode), path, how);                               \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                                     \
    int name(int folder, const char *path, int how, ...) {                                 \
        REAL(int, #name, int, const char *, int, mode_t);                                  \
        char buffer[PATH_MAX];                                                             \
        va_list rest;                                                                      \
        va_start(rest, how);                                                               \
        mode_t mode = how & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;            \
        va_end(rest);                                                                      \
        const char *all = whole(folder, path, buffer);                                     \
        if (ours(all) && refused(open_kinds(how), "open", all)) return -1;                 \
        return after_open(real(folder, path, how, mode), all, how);                        \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

int close(int handle) {
    REAL(int, "close", int);
    forget(handle);
    return real(handle);
}

DIR *opendir(const char *path) {
    REAL(DIR *, "opendir", const char *);
    return ours(path) && refused(LIST, "list", path) ? NULL : real(path);
}

#define HALF(length) ((length) > 1 ? (length) / 2 : (length))

ssize_t read(int handle, void *data, size_t length) {
    REAL(ssize_t, "read", int, void *, size_t);
    const char *path = path_of(handle);
    if (path && refused(READ, "read", path)) {
        if (!(flags & SHORT)) return -1;
        length = HALF(length);
    }
    return real(handle, data, length);
}

#define READS_AT(name)                                                      \
    ssize_t name(int handle, void *data, size_t length, off_t at) {         \
        REAL(ssize_t, #name, int, void *, size_t, off_t);                   \
        const char *path = path_of(handle);                                 \
        if (path && refused(READ, "read", path)) {                          \
            if (!(flags & SHORT)) return -1;                                \
            length = HALF(length);                                          \
        }                                                                   \
        return real(handle, data, length, at);                              \
    }
READS_AT(pread)
READS_AT(pread64)

/* A full disk takes the first part of what does not fit and refuses from then on. */
static int shortened(size_t *length) {
    int half = (flags & SHORT) || ((flags & UNTIL_ROOM) && hits == 1 && *length > 1);
    if (half) *length = HALF(*length);
    return half;
}

ssize_t write(int handle, const void *data, size_t length) {
    const char *path = path_of(handle);
    if (!path) return raw_write(handle, data, length);
    if (refused(WRITE, "write", path) && !shortened(&length)) return -1;
    int64_t at = recorder < 0 ? 0 : lseek(handle, 0, fcntl(handle, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t done = raw_write(handle, data, length);
    if (done > 0) event('W', NULL, NULL, serials[handle], at, data, done);
    return done;
}

ssize_t writev(int handle, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    const char *path = path_of(handle);
    if (!path || count < 1) return real(handle, parts, count);
    return write(handle, parts[0].iov_base, parts[0].iov_len);
}

#define WRITES_AT(name)                                                                   \
    ssize_t name(int handle, const void *data, size_t length, off_t at) {                 \
        REAL(ssize_t, #name, int, const void *, size_t, off_t);                           \
        const char *path = path_of(handle);                                               \
        if (path && refused(WRITE, "write", path) && !shortened(&length)) return -1;      \
        ssize_t done = real(handle, data, length, at);                                    \
        if (path && done > 0) event('W', NULL, NULL, serials[handle], at, data, done);    \
        return done;                                                                      \
    }
WRITES_AT(pwrite)
WRITES_AT(pwrite64)

#define SYNCS(name)                                                                       \
    int name(int handle) {                                                                \
        REAL(int, #name, int);                                                            \
        const char *path = path_of(handle);                                               \
        if (path && refused(SYNC, "sync", path)) return -1;                               \
        if (path && recorder >= 0 && (flags & NO_SYNC)) return 0;                         \
        if (path) event('F', NULL, NULL, serials[handle], 0, NULL, 0);                    \
        return path && recorder >= 0 ? 0 : real(handle);                                  \
    }
SYNCS(fsync)
SYNCS(fdatasync)

#define TRUNCATES(name)                                                                   \
    int name(int handle, off_t size) {                                                    \
        REAL(int, #name, int, off_t);                                                     \
        const char *path = path_of(handle);                                               \
        if (path && refused(TRUNCATE, "truncate", path)) return -1;                       \
        int64_t before = path && (flags & UNTIL_ROOM) ? size_of(path) : 0;                \
        int done = real(handle, size);                                                    \
        if (path && !done) event('T', NULL, NULL, serials[handle], size, NULL, 0);        \
        if (path && !done) room_made(before - size);                                      \
        return done;                                                                      \
    }
TRUNCATES(ftruncate)
TRUNCATES(ftruncate64)

static int renames(int done, const char *from, const char *to) {
    if (!done && ours(from)) event('R', from, to, 0, 0, NULL, 0);
    return done;
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    if (ours(from) && refused(RENAME, "rename", from)) return -1;
    return renames(real(from, to), from, to);
}

int renameat(int folder, const char *from, int other, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    char first[PATH_MAX], second[PATH_MAX];
    const char *all = whole(folder, from, first);
    if (ours(all) && refused(RENAME, "rename", all)) return -1;
    return renames(real(folder, from, other, to), all, whole(other, to, second));
}

static int removes(int done, char what, const char *path, int64_t size) {
    if (!done && ours(path)) {
        event(what, path, NULL, 0, 0, NULL, 0);
        room_made(size);
    }
    return done;
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (ours(path) && refused(UNLINK, "unlink", path)) return -1;
    int64_t size = ours(path) ? size_of(path) : 0;
    return removes(real(path), 'U', path, size);
}

int unlinkat(int folder, const char *path, int how) {
    REAL(int, "unlinkat", int, const char *, int);
    char buffer[PATH_MAX];
    const char *all = whole(folder, path, buffer);
    if (ours(all) && refused(UNLINK, "unlink", all)) return -1;
    int64_t size = ours(all) ? size_of(all) : 0;
    return removes(real(folder, path, how), how & AT_REMOVEDIR ? 'D' : 'U', all, size);
}

int rmdir(const char *path) {
    REAL(int, "rmdir", const char *);
    if (ours(path) && refused(UNLINK, "rmdir", path)) return -1;
    return removes(real(path), 'D', path, 0);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    if (ours(path) && refused(MKDIR, "mkdir", path)) return -1;
    int done = real(path, mode);
    if (!done && ours(path)) event('M', path, NULL, 0, 0, NULL, 0);
    return done;
}

#define STATS(name, buffer_type)                                            \
    int name(const char *path, buffer_type *found) {                        \
        REAL(int, #name, const char *, buffer_type *);                      \
        if (ours(path) && refused(STAT, "stat", path)) return -1;           \
        return real(path, found);                                           \
    }
STATS(stat, struct stat)
STATS(lstat, struct stat)
STATS(stat64, struct stat64)
STATS(lstat64, struct stat64)

/* Pauses between two attempts take no time while something fails, so that many faults can be tried. */
int clock_nanosleep(clockid_t clock, int how, const struct timespec *wanted_time, struct timespec *left) {
    REAL(int, "clock_nanosleep", clockid_t, int, const struct timespec *, struct timespec *);
    return kinds ? 0 : real(clock, how, wanted_time, left);
}

/* What copies within the kernel would pass unseen, so that the caller has to read and write. */
#define COPIES()                                                             \
    if (path_of(to) || path_of(from)) {                                     \
        errno = EINVAL;                                                     \
        return -1;                                                          \
    }

ssize_t sendfile(int to, int from, off_t *at, size_t length) {
    REAL(ssize_t, "sendfile", int, int, off_t *, size_t);
    COPIES()
    return real(to, from, at, length);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    COPIES()
    return real(to, from, at, length);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned how) {
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    COPIES()
    return real(from, from_at, to, to_at, length, how);
}
