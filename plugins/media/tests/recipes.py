"""How the test corpus is made: a name and the ffmpeg arguments behind it. Small, short, and made on the spot."""

from __future__ import annotations

PICTURE = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=2"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:duration=2"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-profile:v", "main"]
AAC = ["-c:a", "aac"]
PLACE = ["-metadata", "location=+41.3111+069.2797/", "-metadata", "make=PhoneMaker", "-metadata", "title=Secret title"]
# A phone's HDR film: ten bits, wide colours, hybrid log-gamma.
HLG = ["-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc"]
PQ = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"]
FULL = ["-vf", "scale=out_range=full", "-pix_fmt", "yuv420p", "-color_range", "pc"]
HEVC = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"]

SMALL = ["-f", "lavfi", "-i", "testsrc2=size=176x144:rate=15:duration=1"]
BEEP = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1"]
FAST = ["-c:v", "libx264", "-preset", "ultrafast"]

FILMS: dict[str, list[str]] = {
    "plain.mp4": [*PICTURE, *SOUND, *H264, *AAC, "-movflags", "+faststart", *PLACE],
    "index_last.mp4": [*PICTURE, *SOUND, *H264, *AAC, *PLACE],
    "fragmented.mp4": [*PICTURE, *SOUND, *H264, *AAC, "-movflags", "frag_keyframe+empty_moov"],
    "silent.mp4": [*PICTURE, *H264],
    "phone.mov": [*PICTURE, *SOUND, *HEVC, *AAC, *PLACE, "-movflags", "use_metadata_tags"],
    "hdr.mp4": [*PICTURE, *HEVC, "-pix_fmt", "yuv420p10le", *HLG],
    "ten_bit.mp4": [*PICTURE, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"],
    "recorder.webm": [*PICTURE, *SOUND, "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"],
    "vp9.webm": [*PICTURE, *SOUND, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"],
    "old.avi": [*PICTURE, *SOUND, "-c:v", "mpeg4", "-c:a", "libmp3lame"],
    "plain.avi": [*PICTURE, *H264, "-preset", "veryfast", "-bf", "3"],
    "dvd.mkv": [*PICTURE, *SOUND, *H264, "-c:a", "ac3"],
    "plain.mkv": [*PICTURE, *SOUND, *H264, *AAC],
    "plain.flv": [*PICTURE, *SOUND, *H264, "-bf", "2", "-ar", "44100", "-c:a", "libmp3lame"],
    "camcorder.mts": [*PICTURE, *SOUND, *H264, "-c:a", "ac3", "-f", "mpegts", "-mpegts_m2ts_mode", "1"],
    "interlaced.ts": [*PICTURE, *SOUND, "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-vf", "tinterlace=4", *AAC],
    "wide_pixels.mp4": [*PICTURE, "-vf", "scale=240:240,setsar=4/3", "-c:v", "mpeg4"],
    "odd.mkv": ["-f", "lavfi", "-i", "testsrc2=size=321x241:rate=10:duration=1", "-c:v", "ffv1"],
    "large.mp4": ["-f", "lavfi", "-i", "testsrc2=size=2560x1440:rate=5:duration=1", *H264],
    "animation.gif": ["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=1"],
}
# What the drawers of twenty years hold. (The smallest size of an old phone is one H.263 knows.)
OLD_FILMS: dict[str, list[str]] = {
    "full_range.mp4": [*SMALL, *BEEP, *FAST, "-pix_fmt", "yuvj420p", "-color_range", "pc", *AAC],
    "mp3_inside.mp4": [*SMALL, *BEEP, *H264, "-c:a", "libmp3lame"],
    "opus_inside.mp4": [*SMALL, *BEEP, *H264, "-c:a", "libopus"],
    "camera.mov": [*SMALL, *BEEP, *H264, "-c:a", "pcm_alaw", "-ar", "8000"],
    "full_colour.mp4": [*SMALL, *FAST, "-pix_fmt", "yuv444p"],
    "interlaced.mp4": [*SMALL, *H264, "-flags", "+ilme+ildct", "-x264-params", "tff=1"],
    "fast.mp4": ["-f", "lavfi", "-i", "testsrc2=size=176x144:rate=120:duration=1", *H264],
    "rich.mp4": [*SMALL, "-vf", "scale=320:240,noise=alls=100:allf=t", *FAST, "-pix_fmt", "yuv420p", "-qp", "1"],
    "high_range.mov": [*SMALL, *HEVC, "-pix_fmt", "yuv420p10le", *PQ],
    "full_range_hevc.mp4": ["-f", "lavfi", "-i", "color=white:size=176x144:rate=15:duration=1", *HEVC, *FULL],
    "editing.mov": [*SMALL, *BEEP, "-c:v", "prores", "-c:a", "pcm_s16le"],
    "webcam.avi": [*SMALL, *BEEP, "-c:v", "mjpeg", "-c:a", "pcm_s16le"],
    "divx.avi": [*SMALL, *BEEP, "-c:v", "msmpeg4", "-c:a", "adpcm_ms"],
    "tape.mpg": [*SMALL, *BEEP, "-r", "25", "-c:v", "mpeg2video", "-c:a", "mp2", "-f", "vob"],
    "windows.wmv": [*SMALL, *BEEP, "-c:v", "wmv2", "-c:a", "wmav2"],
    "old.flv": [*SMALL, *BEEP, "-c:v", "flv", "-ar", "44100", "-c:a", "libmp3lame"],
    "theora.ogv": [*SMALL, *BEEP, "-c:v", "libtheora", "-c:a", "libvorbis"],
    "av1.mp4": [*SMALL, "-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime"],
}
SOUNDS: dict[str, list[str]] = {
    "voice.ogg": [*SOUND, "-c:a", "libopus", "-b:a", "24k", "-ac", "1"],
    "stereo.webm": [*SOUND, "-c:a", "libopus", "-ac", "2"],
    "song.mp3": [*SOUND, "-c:a", "libmp3lame", *PLACE],
    "memo.m4a": [*SOUND, *AAC, *PLACE],
    "stream.aac": [*SOUND, *AAC],
    "phone_call.wav": [*SOUND, "-ar", "8000", "-c:a", "pcm_mulaw"],
    "master.flac": [*SOUND, "-c:a", "flac"],
    "windows.wma": [*SOUND, "-c:a", "wmav2"],
    "plain.wav": [*SOUND, "-c:a", "pcm_s16le"],
    "dictaphone.wav": [*SOUND, "-ar", "8000", "-c:a", "adpcm_ima_wav"],
    "studio.aiff": [*SOUND, "-c:a", "pcm_s16be"],
    "phone.caf": [*SOUND, "-c:a", "libopus"],
    "lossless.m4a": [*SOUND, "-c:a", "alac"],
    "speech.spx": [*SOUND, "-ar", "16000", "-ac", "1", "-c:a", "libspeex", "-f", "ogg"],
    "radio.mp2": [*SOUND, "-c:a", "mp2"],
    "index_first.m4a": [*SOUND, *AAC, "-movflags", "+faststart"],
    "low.m4a": [*SOUND, *AAC, "-ac", "1", "-b:a", "32k"],
}
SEE_THROUGH = ["-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p", "-deadline", "realtime", "-cpu-used", "8"]
STICKERS: dict[str, list[str]] = {
    "sticker.webm": [
        *("-f", "lavfi", "-i", "testsrc2=size=128x128:rate=10:duration=1,format=rgba,colorchannelmixer=aa=0.5"),
        *SEE_THROUGH,
    ],
    # As large as messengers want them: nothing on the left, blue on the right.
    "half_sticker.webm": [
        *("-f", "lavfi", "-i", "color=blue:s=256x512:r=10:d=1,format=rgba,pad=512:512:256:0:black@0"),
        *SEE_THROUGH,
    ],
}
LONG: dict[str, list[str]] = {
    "long.mp4": [
        *("-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=20"),
        *("-f", "lavfi", "-i", "sine=frequency=440:duration=20", *H264, *AAC, "-movflags", "+faststart"),
    ],
    "long.ogg": ["-f", "lavfi", "-i", "sine=frequency=440:duration=20", "-c:a", "libopus", "-b:a", "16k"],
}
RECIPES = {**FILMS, **OLD_FILMS, **SOUNDS, **STICKERS, **LONG}
