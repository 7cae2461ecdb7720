package com.mobileapiconnect.bridge.device;

import io.nayuki.qrcodegen.QrCode;

/** Draws a text as a QR code in SVG: dark squares on white, with the quiet zone that scanners need. */
final class QrPicture {

    private static final int QUIET = 4;

    private QrPicture() {}

    static String of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = code.size + 2 * QUIET;
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(side)
                .append(' ')
                .append(side)
                .append("\" role=\"img\" aria-label=\"QR code of the pairing link\" shape-rendering=\"crispEdges\">")
                .append("<path fill=\"#fff\" d=\"M0 0h")
                .append(side)
                .append('v')
                .append(side)
                .append("H0z\"/><path d=\"");
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int from = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    run(svg, from, y, x - from);
                }
            }
        }
        return svg.append("\"/></svg>").toString();
    }

    private static void run(StringBuilder svg, int x, int y, int length) {
        svg.append('M')
                .append(x + QUIET)
                .append(' ')
                .append(y + QUIET)
                .append('h')
                .append(length)
                .append("v1h-")
                .append(length)
                .append('z');
    }
}
