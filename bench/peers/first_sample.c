/* first_sample.c - time from starting a player program to the first sample it delivers.
 *
 *   -m alsa        ALSA's default device becomes a file plug-in over the null device, writing to a pipe;
 *                  the first byte in the pipe is the first sample
 *   -m file PATH   the player writes a WAVE file; the first byte behind its first 512, more than any header, is
 *                  the first sample. The file is looked at every 0.1 ms
 * The clock starts just before fork. The player is ended after its first sample.
 *   usage: first_sample -m alsa|file [-f path] [-c runs] [-N name] COMMAND [ARGUMENT...]
 */
#include "peers.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define TIME_LIMIT_NS 10000000000ull
#define HEADER 512

static pid_t start_player(char **argv)
{
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0), dup2(null, 1), dup2(null, 2);
        execvp(argv[0], argv);
        _exit(127);
    }
    return pid;
}

static void stop_player(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static double run_file(char **argv, const char *path)
{
    unlink(path);
    double ms = NAN;
    uint64_t t0 = now_ns();
    pid_t pid = start_player(argv);
    while (now_ns() - t0 < TIME_LIMIT_NS) {
        struct stat s;
        if (stat(path, &s) == 0 && s.st_size > HEADER) {
            ms = (double)(now_ns() - t0) / 1e6;
            break;
        }
        sleep_ms(0.1);
    }
    stop_player(pid);
    unlink(path);
    return ms;
}

static double run_alsa(char **argv, const char *fifo)
{
    int fd = open(fifo, O_RDONLY | O_NONBLOCK);
    struct pollfd p = { fd, POLLIN, 0 };
    char bytes[65536];
    double ms = NAN;
    uint64_t t0 = now_ns();
    pid_t pid = start_player(argv);
    while (now_ns() - t0 < TIME_LIMIT_NS) {
        if (poll(&p, 1, 100) > 0 && (p.revents & POLLIN)) {
            ms = (double)(now_ns() - t0) / 1e6;
            break;
        }
        if (p.revents & POLLHUP) sleep_ms(0.2);
    }
    stop_player(pid);
    while (read(fd, bytes, sizeof bytes) > 0) {}
    close(fd);
    return ms;
}

int main(int argc, char **argv)
{
    const char *mode = "alsa", *name = NULL, *path = NULL;
    int runs = 5, opt;
    while ((opt = getopt(argc, argv, "+m:f:c:N:")) != -1)
        switch (opt) {
        case 'm': mode = optarg; break;
        case 'f': path = optarg; break;
        case 'c': runs = atoi(optarg); break;
        case 'N': name = optarg; break;
        default: die("usage: first_sample -m alsa|file [-f path] [-c runs] [-N name] COMMAND...");
        }
    if (optind >= argc) die("no command");
    bool alsa = !strcmp(mode, "alsa");
    if (!alsa && !path) die("-m file needs -f path");
    const char *tmp = getenv("TMPDIR");
    char dir[256], fifo[300], conf[300];
    snprintf(dir, sizeof dir, "%s/first_sample_XXXXXX", tmp ? tmp : P_tmpdir);
    if (!mkdtemp(dir)) die("no temporary directory");
    snprintf(fifo, sizeof fifo, "%s/pipe", dir);
    snprintf(conf, sizeof conf, "%s/asound.conf", dir);
    if (mkfifo(fifo, 0600)) die("mkfifo");
    FILE *f = fopen(conf, "w");
    if (!f) die(conf);
    fprintf(f, "pcm.!default { type file slave.pcm { type null } file \"%s\" format raw }\n"
               "ctl.!default { type hw card 0 }\n", fifo);
    fclose(f);
    setenv("ALSA_CONFIG_PATH", conf, 1);
    double *ms = must_alloc((size_t)runs * sizeof *ms);
    int n = 0;
    for (int i = 0; i < runs; i++) {
        double v = alsa ? run_alsa(argv + optind, fifo) : run_file(argv + optind, path);
        if (!isnan(v)) ms[n++] = v;
    }
    sort_doubles(ms, (size_t)n);
    printf("first_sample %s | ms_min=%.1f ms_p50=%.1f ms_max=%.1f failed=%d\n", name ? name : argv[optind],
           n ? ms[0] : NAN, n ? quantile(ms, (size_t)n, .5) : NAN, n ? ms[n - 1] : NAN, runs - n);
    unlink(fifo), unlink(conf), rmdir(dir);
    free(ms);
    return 0;
}
