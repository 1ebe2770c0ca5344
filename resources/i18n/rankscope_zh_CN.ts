<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Canvas</name>
    <message>
        <source>reduced 1:%1</source>
        <translation>缩小 1:%1</translation>
    </message>
    <message>
        <source>reduced 1:%1, max</source>
        <translation>缩小 1:%1，最大</translation>
    </message>
    <message>
        <source>software</source>
        <translation>软件渲染</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>Bundled sample</source>
        <translation>自带示例</translation>
    </message>
    <message>
        <source>Cauchy</source>
        <translation>Cauchy 矩阵</translation>
    </message>
    <message>
        <source>Circulant</source>
        <translation>循环矩阵</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列数</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Correlation</source>
        <translation>相关系数</translation>
    </message>
    <message>
        <source>Decades</source>
        <translation>数量级</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>Diagonals</source>
        <translation>对角线</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Discrete cosine transform</source>
        <translation>离散余弦变换</translation>
    </message>
    <message>
        <source>Exponent</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>First column</source>
        <translation>第一列</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>底值</translation>
    </message>
    <message>
        <source>From</source>
        <translation>下界</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>Gauss 随机矩阵</translation>
    </message>
    <message>
        <source>Graded</source>
        <translation>分级矩阵</translation>
    </message>
    <message>
        <source>Haar wavelets</source>
        <translation>Haar 小波</translation>
    </message>
    <message>
        <source>Hadamard</source>
        <translation>Hadamard 矩阵</translation>
    </message>
    <message>
        <source>Hilbert</source>
        <translation>Hilbert 矩阵</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>单位矩阵</translation>
    </message>
    <message>
        <source>Inner size</source>
        <translation>内层大小</translation>
    </message>
    <message>
        <source>Internal problem</source>
        <translation>内部问题</translation>
    </message>
    <message>
        <source>Kahan</source>
        <translation>Kahan 矩阵</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>核函数</translation>
    </message>
    <message>
        <source>Kernel matrix</source>
        <translation>核矩阵</translation>
    </message>
    <message>
        <source>Kronecker product</source>
        <translation>Kronecker 积</translation>
    </message>
    <message>
        <source>LAPACK did not converge (info {1}), also after scaling and with gesvd</source>
        <translation>LAPACK 未收敛（info {1}），缩放后及改用 gesvd 后仍未收敛</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Low rank plus noise</source>
        <translation>低秩加噪声</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>NumPy archive</source>
        <translation>NumPy 归档</translation>
    </message>
    <message>
        <source>NumPy array</source>
        <translation>NumPy 数组</translation>
    </message>
    <message>
        <source>Out of memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Outer size</source>
        <translation>外层大小</translation>
    </message>
    <message>
        <source>Oversampling</source>
        <translation>过采样</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Permutation</source>
        <translation>置换矩阵</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Power steps</source>
        <translation>幂迭代步数</translation>
    </message>
    <message>
        <source>Prescribed spectrum</source>
        <translation>给定奇异值谱</translation>
    </message>
    <message>
        <source>Random orthogonal</source>
        <translation>随机正交矩阵</translation>
    </message>
    <message>
        <source>Randomized SVD</source>
        <translation>随机 SVD</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Reading {1}</source>
        <translation>正在读取 {1}</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Singular value decomposition</source>
        <translation>奇异值分解</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Sparse</source>
        <translation>稀疏矩阵</translation>
    </message>
    <message>
        <source>Table of text</source>
        <translation>文本表格</translation>
    </message>
    <message>
        <source>To</source>
        <translation>上界</translation>
    </message>
    <message>
        <source>Toeplitz</source>
        <translation>Toeplitz 矩阵</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>均匀随机矩阵</translation>
    </message>
    <message>
        <source>Vandermonde</source>
        <translation>Vandermonde 矩阵</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>&quot;{1}&quot; is not a parameter</source>
        <translation>“{1}”不是参数</translation>
    </message>
    <message>
        <source>a copy of the matrix</source>
        <translation>矩阵的副本</translation>
    </message>
    <message>
        <source>a few strong directions under noise: the spectrum drops after the rank, and rules should find it</source>
        <translation>噪声下的少数强方向：奇异值谱在真实秩之后骤降，定秩规则应能找到它</translation>
    </message>
    <message>
        <source>a file or a generator</source>
        <translation>文件或生成器</translation>
    </message>
    <message>
        <source>a flag, a number, a text or a list of numbers</source>
        <translation>标志、数、文本或数的列表</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>a number is out of range</source>
        <translation>有数超出范围</translation>
    </message>
    <message>
        <source>a picture cannot be reshaped</source>
        <translation>图片不能改变形状</translation>
    </message>
    <message>
        <source>a power of two: 1, 2, 4, 8, …</source>
        <translation>2 的幂：1、2、4、8……</translation>
    </message>
    <message>
        <source>a quote is opened here and never closed</source>
        <translation>此处的引号没有闭合</translation>
    </message>
    <message>
        <source>a relative error from 0</source>
        <translation>不小于 0 的相对误差</translation>
    </message>
    <message>
        <source>a sample lies beyond the maximum of the header</source>
        <translation>有采样值超过文件头中的最大值</translation>
    </message>
    <message>
        <source>a share above 0, at most 1</source>
        <translation>大于 0 且至多 1 的比例</translation>
    </message>
    <message>
        <source>a shuffled copy</source>
        <translation>打乱的副本</translation>
    </message>
    <message>
        <source>a single number</source>
        <translation>单个数</translation>
    </message>
    <message>
        <source>a table has the same number of cells in every row</source>
        <translation>表格各行的单元格数必须相同</translation>
    </message>
    <message>
        <source>a table needs a column of numbers; blank cells, NA, NaN and null are missing ones</source>
        <translation>表格需要有数值列；空单元格、NA、NaN 和 null 视为缺失值</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a text table cannot hold an array of shape {1}</source>
        <translation>文本表格不能存放形状为 {1} 的数组</translation>
    </message>
    <message>
        <source>a text table cannot hold complex numbers</source>
        <translation>文本表格不能存放复数</translation>
    </message>
    <message>
        <source>a text without zero bytes</source>
        <translation>不含零字节的文本</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a whole number from 0</source>
        <translation>从 0 起的整数</translation>
    </message>
    <message>
        <source>a whole number from {1}</source>
        <translation>从 {1} 起的整数</translation>
    </message>
    <message>
        <source>a whole number from {1} to {2}</source>
        <translation>{1} 到 {2} 的整数</translation>
    </message>
    <message>
        <source>add a file name</source>
        <translation>请加上文件名</translation>
    </message>
    <message>
        <source>all singular values are 1: the worst case, where rank r keeps exactly the share r/n of the energy</source>
        <translation>所有奇异值都是 1：最坏情形，秩 r 恰好只保留 r/n 的能量</translation>
    </message>
    <message>
        <source>allowed: {1}</source>
        <translation>允许的值：{1}</translation>
    </message>
    <message>
        <source>along the diagonal</source>
        <translation>沿对角线的块数</translation>
    </message>
    <message>
        <source>an SVD needs at least one entry</source>
        <translation>SVD 至少需要一个元素</translation>
    </message>
    <message>
        <source>an empty value</source>
        <translation>空值</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>another seed, another matrix of the same kind</source>
        <translation>不同的种子给出同类的另一个矩阵</translation>
    </message>
    <message>
        <source>any text</source>
        <translation>任意文本</translation>
    </message>
    <message>
        <source>at least low = {1}</source>
        <translation>至少为 low = {1}</translation>
    </message>
    <message>
        <source>at most min(n, m) = {1}</source>
        <translation>至多 min(n, m) = {1}</translation>
    </message>
    <message>
        <source>blur: a Gaussian bell of sum 1; random: Gaussian numbers</source>
        <translation>blur：和为 1 的 Gauss 钟形；random：Gauss 随机数</translation>
    </message>
    <message>
        <source>bound of the entries</source>
        <translation>元素的上界</translation>
    </message>
    <message>
        <source>choose --channel rgb or luma</source>
        <translation>请选择 --channel rgb 或 luma</translation>
    </message>
    <message>
        <source>choose --reshape keep-first, keep-last or N,M</source>
        <translation>请选择 --reshape keep-first、keep-last 或 N,M</translation>
    </message>
    <message>
        <source>choose a file</source>
        <translation>请选择文件</translation>
    </message>
    <message>
        <source>choose a smaller rank or a smaller input, or close other programs</source>
        <translation>请选择较小的秩或输入，或关闭其他程序</translation>
    </message>
    <message>
        <source>complex entries where real ones are needed</source>
        <translation>需要实数，却有复数元素</translation>
    </message>
    <message>
        <source>constant along diagonals: a filter; its spectrum is the filter&apos;s frequency response</source>
        <translation>沿对角线为常数：即滤波器，其奇异值谱就是滤波器的频率响应</translation>
    </message>
    <message>
        <source>decay: rho^d; band: the ideal low-pass filter; difference: -1, 2, -1</source>
        <translation>decay：rho^d；band：理想低通滤波器；difference：-1, 2, -1</translation>
    </message>
    <message>
        <source>distance between the two groups, each of length 1</source>
        <translation>两组点之间的距离，每组长度为 1</translation>
    </message>
    <message>
        <source>distance over which points are alike; they lie in the unit cube</source>
        <translation>点在此距离内彼此相似；点位于单位立方体中</translation>
    </message>
    <message>
        <source>double the quotes inside a quoted cell</source>
        <translation>带引号的单元格内，引号须写两次</translation>
    </message>
    <message>
        <source>each row is the one above, shifted: the Fourier basis diagonalises it, singular vectors come in pairs</source>
        <translation>每一行是上一行的移位：Fourier 基使其对角化，奇异向量成对出现</translation>
    </message>
    <message>
        <source>each value is exp(-rate) times the one before</source>
        <translation>每个值是前一个的 exp(-rate) 倍</translation>
    </message>
    <message>
        <source>en or zh_CN</source>
        <translation>en 或 zh_CN</translation>
    </message>
    <message>
        <source>entry 1/(i+j-1): full rank on paper, 16 of 64 on a computer: the textbook example of ill-conditioning</source>
        <translation>元素为 1/(i+j-1)：理论上满秩，在计算机上 64 中只有 16，是病态矩阵的教科书例子</translation>
    </message>
    <message>
        <source>entry 1/(x - y) between two groups of points: the further apart they are, the lower the rank it needs</source>
        <translation>两组点之间的元素 1/(x - y)：两组相距越远，所需的秩越低</translation>
    </message>
    <message>
        <source>error at byte {1}</source>
        <translation>第 {1} 字节处有错</translation>
    </message>
    <message>
        <source>exact spectrum</source>
        <translation>精确奇异值谱</translation>
    </message>
    <message>
        <source>extra columns of the sketch beyond the rank</source>
        <translation>草图中超出秩的额外列数</translation>
    </message>
    <message>
        <source>few entries, yet of full rank: numbers kept by a list of entries and by factors are different budgets</source>
        <translation>元素很少却满秩：按元素列表与按因子存储，是两种不同的预算</translation>
    </message>
    <message>
        <source>figures are written as .svg, .pdf or .png</source>
        <translation>图表可写为 .svg、.pdf 或 .png</translation>
    </message>
    <message>
        <source>groups that belong together, as in a network with communities: one singular value for each group</source>
        <translation>成组的行列，如含社区的网络：每组对应一个奇异值</translation>
    </message>
    <message>
        <source>half the share of frequencies kept: about 2 n times this values are near 1</source>
        <translation>保留频率比例的一半：约有 2n 倍于此的奇异值接近 1</translation>
    </message>
    <message>
        <source>how many values are 1</source>
        <translation>有多少个值为 1</translation>
    </message>
    <message>
        <source>how the singular values fall from 1</source>
        <translation>奇异值从 1 开始的下降方式</translation>
    </message>
    <message>
        <source>in radians; the sine is the ratio of neighbouring diagonal entries</source>
        <translation>以弧度计；其正弦是相邻对角元素之比</translation>
    </message>
    <message>
        <source>it can&apos;t be opened: {1}</source>
        <translation>无法打开：{1}</translation>
    </message>
    <message>
        <source>it can&apos;t be read: {1}</source>
        <translation>无法读取：{1}</translation>
    </message>
    <message>
        <source>it can&apos;t be written: {1}</source>
        <translation>无法写入：{1}</translation>
    </message>
    <message>
        <source>it cannot be opened: {1}</source>
        <translation>无法打开：{1}</translation>
    </message>
    <message>
        <source>it cannot be read as a picture</source>
        <translation>无法作为图片读取</translation>
    </message>
    <message>
        <source>it cannot be read as a picture: {1}</source>
        <translation>无法作为图片读取：{1}</translation>
    </message>
    <message>
        <source>it cannot be read as a zip archive: {1}</source>
        <translation>无法作为 zip 归档读取：{1}</translation>
    </message>
    <message>
        <source>it cannot be read: {1}</source>
        <translation>无法读取：{1}</translation>
    </message>
    <message>
        <source>it cannot be unpacked: {1}</source>
        <translation>无法解压：{1}</translation>
    </message>
    <message>
        <source>it cannot be written: {1}</source>
        <translation>无法写入：{1}</translation>
    </message>
    <message>
        <source>it does not apply here</source>
        <translation>此处不适用</translation>
    </message>
    <message>
        <source>it does not begin as a PNM or PFM picture</source>
        <translation>开头不是 PNM 或 PFM 图片</translation>
    </message>
    <message>
        <source>it does not begin as an .npy file</source>
        <translation>开头不是 .npy 文件</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>过早结束</translation>
    </message>
    <message>
        <source>it has no entries, its shape is {1}</source>
        <translation>没有元素，形状为 {1}</translation>
    </message>
    <message>
        <source>it has no entry &quot;{1}&quot;</source>
        <translation>其中没有条目“{1}”</translation>
    </message>
    <message>
        <source>it has {1}</source>
        <translation>其中有 {1}</translation>
    </message>
    <message>
        <source>it has {1} dimensions, its shape is {2}</source>
        <translation>它有 {1} 个维度，形状为 {2}</translation>
    </message>
    <message>
        <source>it holds NaN or infinity</source>
        <translation>其中含有 NaN 或无穷</translation>
    </message>
    <message>
        <source>it holds Python objects, which are never unpickled</source>
        <translation>其中是 Python 对象，本程序从不反序列化它们</translation>
    </message>
    <message>
        <source>it holds binary data, not a table of text</source>
        <translation>其中是二进制数据，不是文本表格</translation>
    </message>
    <message>
        <source>it holds dates or times ({1}), not numbers</source>
        <translation>其中是日期或时间（{1}），不是数值</translation>
    </message>
    <message>
        <source>it holds long double numbers ({1}), whose form differs between machines</source>
        <translation>其中是 long double 数值（{1}），其形式因机器而异</translation>
    </message>
    <message>
        <source>it holds no arrays</source>
        <translation>其中没有数组</translation>
    </message>
    <message>
        <source>it holds no table</source>
        <translation>其中没有表格</translation>
    </message>
    <message>
        <source>it holds one array and no entry &quot;{1}&quot;</source>
        <translation>其中只有一个数组，没有条目“{1}”</translation>
    </message>
    <message>
        <source>it holds one table and no entry &quot;{1}&quot;</source>
        <translation>其中只有一个表格，没有条目“{1}”</translation>
    </message>
    <message>
        <source>it holds raw bytes or records ({1}), not numbers</source>
        <translation>其中是原始字节或记录（{1}），不是数值</translation>
    </message>
    <message>
        <source>it holds records of a fixed shape, not plain numbers</source>
        <translation>其中是固定形状的记录，不是普通数值</translation>
    </message>
    <message>
        <source>it holds records of several fields, not one array of numbers</source>
        <translation>其中是多字段记录，不是单个数值数组</translation>
    </message>
    <message>
        <source>it holds text ({1}), not numbers</source>
        <translation>其中是文本（{1}），不是数值</translation>
    </message>
    <message>
        <source>it holds {1} arrays: {2}</source>
        <translation>其中有 {1} 个数组：{2}</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>它是文件夹，不是文件</translation>
    </message>
    <message>
        <source>it is a picture and has no entry &quot;{1}&quot;</source>
        <translation>它是图片，没有条目“{1}”</translation>
    </message>
    <message>
        <source>it is a pipe or a device, not a file</source>
        <translation>它是管道或设备，不是文件</translation>
    </message>
    <message>
        <source>it is a zip archive without .npy arrays</source>
        <translation>是不含 .npy 数组的 zip 归档</translation>
    </message>
    <message>
        <source>it is below low</source>
        <translation>它小于 low</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>it is empty ({1} x {2})</source>
        <translation>它是空的（{1} x {2}）</translation>
    </message>
    <message>
        <source>it is given twice</source>
        <translation>重复给出</translation>
    </message>
    <message>
        <source>it is larger than {1}</source>
        <translation>它大于 {1}</translation>
    </message>
    <message>
        <source>it is nested deeper than {1} levels</source>
        <translation>嵌套超过 {1} 层</translation>
    </message>
    <message>
        <source>it is too short for an .npy file</source>
        <translation>太短，不是 .npy 文件</translation>
    </message>
    <message>
        <source>it must be at least 1</source>
        <translation>必须至少为 1</translation>
    </message>
    <message>
        <source>it was written by a newer Rankscope (session version {1}; this one reads up to {2})</source>
        <translation>由更新的 Rankscope 写成（会话版本 {1}；本版本最高读取 {2}）</translation>
    </message>
    <message>
        <source>its .npy version {1} is unknown</source>
        <translation>.npy 版本 {1} 未知</translation>
    </message>
    <message>
        <source>its UTF-16 text ends inside a character</source>
        <translation>其 UTF-16 文本在字符中间结束</translation>
    </message>
    <message>
        <source>its content is damaged or of a format that is not known</source>
        <translation>内容已损坏或格式未知</translation>
    </message>
    <message>
        <source>its entries are complex and {1} works on real ones</source>
        <translation>其元素为复数，而 {1} 只处理实数</translation>
    </message>
    <message>
        <source>its entry &quot;{1}&quot; cannot be read: {2}</source>
        <translation>无法读取其条目“{1}”：{2}</translation>
    </message>
    <message>
        <source>its format is not recognised</source>
        <translation>无法识别其格式</translation>
    </message>
    <message>
        <source>its header claims {1} bytes, more than there are</source>
        <translation>文件头声称有 {1} 字节，超过实际长度</translation>
    </message>
    <message>
        <source>its header has an unknown entry &quot;{1}&quot;</source>
        <translation>文件头中有未知条目“{1}”</translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation>文件头已损坏</translation>
    </message>
    <message>
        <source>its header is incomplete</source>
        <translation>文件头不完整</translation>
    </message>
    <message>
        <source>its header is not a dictionary</source>
        <translation>文件头不是字典</translation>
    </message>
    <message>
        <source>its name is empty</source>
        <translation>名称为空</translation>
    </message>
    <message>
        <source>its shape {1} cannot be read as {2}</source>
        <translation>形状 {1} 不能按 {2} 读取</translation>
    </message>
    <message>
        <source>its shape {1} of {2} needs {3} bytes of data and there are {4}</source>
        <translation>形状 {1}、类型 {2} 需要 {3} 字节数据，实际有 {4}</translation>
    </message>
    <message>
        <source>its type &quot;{1}&quot; is unknown</source>
        <translation>其类型“{1}”未知</translation>
    </message>
    <message>
        <source>keep-first, keep-last or N,M</source>
        <translation>keep-first、keep-last 或 N,M</translation>
    </message>
    <message>
        <source>least entry</source>
        <translation>最小的元素</translation>
    </message>
    <message>
        <source>leave --reshape out</source>
        <translation>请去掉 --reshape</translation>
    </message>
    <message>
        <source>light or dark</source>
        <translation>light 或 dark</translation>
    </message>
    <message>
        <source>likeness of random points: the smoother the kernel and the fewer the dimensions, the lower the rank</source>
        <translation>随机点之间的相似度：核越光滑、维数越少，秩越低</translation>
    </message>
    <message>
        <source>measuring the error</source>
        <translation>正在测量误差</translation>
    </message>
    <message>
        <source>method {1}</source>
        <translation>方法 {1}</translation>
    </message>
    <message>
        <source>methods lists them</source>
        <translation>methods 命令会列出所有方法</translation>
    </message>
    <message>
        <source>more than 2⁶³</source>
        <translation>超过 2⁶³</translation>
    </message>
    <message>
        <source>n numbers say all of it, but no low rank does: structure that the SVD cannot see</source>
        <translation>n 个数就能完全描述它，低秩却做不到：这是 SVD 看不见的结构</translation>
    </message>
    <message>
        <source>name one: FILE::ENTRY</source>
        <translation>请指定一个：FILE::ENTRY</translation>
    </message>
    <message>
        <source>near-optimal at a fraction of the cost, from a random sketch and a few power steps</source>
        <translation>以很小的代价得到近乎最优的结果：随机草图加几步幂迭代</translation>
    </message>
    <message>
        <source>nearly singular, yet pivoted QR sees no small pivot: greedy choice of columns is not the SVD</source>
        <translation>近乎奇异，但列主元 QR 看不到小主元：贪心选列不等于 SVD</translation>
    </message>
    <message>
        <source>no column of it holds only numbers</source>
        <translation>没有任何一列全是数值</translation>
    </message>
    <message>
        <source>no format that can be written has this ending</source>
        <translation>没有可写的格式使用此扩展名</translation>
    </message>
    <message>
        <source>no picture format that can be written has this ending</source>
        <translation>没有可写的图片格式使用此扩展名</translation>
    </message>
    <message>
        <source>noise with a mean: one huge singular value for the mean, the rest as for white noise</source>
        <translation>有均值的噪声：均值对应一个很大的奇异值，其余与白噪声相同</translation>
    </message>
    <message>
        <source>number of columns</source>
        <translation>列的数目</translation>
    </message>
    <message>
        <source>number of rows</source>
        <translation>行的数目</translation>
    </message>
    <message>
        <source>number of rows and columns</source>
        <translation>行与列的数目</translation>
    </message>
    <message>
        <source>number of rows and columns, a power of two</source>
        <translation>行列数，须为 2 的幂</translation>
    </message>
    <message>
        <source>numbers are written as they lie in memory</source>
        <translation>数值按内存中的次序写出</translation>
    </message>
    <message>
        <source>of exp(-2 pi i jk/n)/sqrt(n)</source>
        <translation>exp(-2 pi i jk/n)/sqrt(n) 的哪一部分</translation>
    </message>
    <message>
        <source>of neighbours</source>
        <translation>相邻元素之间</translation>
    </message>
    <message>
        <source>of the distance d in lengths: exp(-d^2/2), exp(-d) or 1/sqrt(1+d^2)</source>
        <translation>以长度为单位的距离 d 的函数：exp(-d^2/2)、exp(-d) 或 1/sqrt(1+d^2)</translation>
    </message>
    <message>
        <source>of the space of the points</source>
        <translation>点所在空间的维数</translation>
    </message>
    <message>
        <source>one input at a time can be named</source>
        <translation>一次只能指定一个输入</translation>
    </message>
    <message>
        <source>one of --rank R, --energy E, --tol T, --rule NAME</source>
        <translation>--rank R、--energy E、--tol T、--rule NAME 之一</translation>
    </message>
    <message>
        <source>one of gavish-donoho, elbow, numerical</source>
        <translation>gavish-donoho、elbow、numerical 之一</translation>
    </message>
    <message>
        <source>one of rank, energy, tol, rule</source>
        <translation>rank、energy、tol、rule 之一</translation>
    </message>
    <message>
        <source>one of {1}</source>
        <translation>{1} 之一</translation>
    </message>
    <message>
        <source>only with {1}={2}</source>
        <translation>仅在 {1}={2} 时</translation>
    </message>
    <message>
        <source>open a matrix first</source>
        <translation>请先打开一个矩阵</translation>
    </message>
    <message>
        <source>open further ones in the window</source>
        <translation>其余的请在窗口中打开</translation>
    </message>
    <message>
        <source>open it again</source>
        <translation>请重新打开</translation>
    </message>
    <message>
        <source>open it with the newer Rankscope</source>
        <translation>请用较新的 Rankscope 打开</translation>
    </message>
    <message>
        <source>orthogonal and sparse: each row looks at one place at one scale</source>
        <translation>正交且稀疏：每一行在一个尺度上观察一个位置</translation>
    </message>
    <message>
        <source>orthogonal rows of +1 and -1: as far from low rank as a matrix of signs can be</source>
        <translation>由 +1 和 -1 组成的正交行：符号矩阵中离低秩最远的</translation>
    </message>
    <message>
        <source>parameter high</source>
        <translation>参数 high</translation>
    </message>
    <message>
        <source>parameter {1}</source>
        <translation>参数 {1}</translation>
    </message>
    <message>
        <source>parameter {1}: {2} is not allowed; the default stands in its place</source>
        <translation>参数 {1}：不允许 {2}；已改用默认值</translation>
    </message>
    <message>
        <source>passes that sharpen the sketch; needed where the spectrum decays slowly</source>
        <translation>使草图更准确的迭代；奇异值谱衰减缓慢时需要</translation>
    </message>
    <message>
        <source>please report it with the steps that led here</source>
        <translation>请报告此问题，并说明操作步骤</translation>
    </message>
    <message>
        <source>powers of points: monomials of high degree look alike, so columns are nearly dependent</source>
        <translation>节点的幂：高次单项式彼此相似，因此各列几乎线性相关</translation>
    </message>
    <message>
        <source>powers of ten from the first row to the last</source>
        <translation>从第一行到最后一行相差的 10 的幂次</translation>
    </message>
    <message>
        <source>raise --max-memory</source>
        <translation>增大 --max-memory</translation>
    </message>
    <message>
        <source>raise --max-memory or choose a smaller rank</source>
        <translation>增大 --max-memory 或选择较小的秩</translation>
    </message>
    <message>
        <source>raise --max-memory or choose a smaller size</source>
        <translation>增大 --max-memory 或选择较小的尺寸</translation>
    </message>
    <message>
        <source>raise --max-memory or make the picture smaller</source>
        <translation>增大 --max-memory 或缩小图片</translation>
    </message>
    <message>
        <source>raise --max-memory, use --precision float, or the method rsvd</source>
        <translation>增大 --max-memory，使用 --precision float，或改用 rsvd 方法</translation>
    </message>
    <message>
        <source>random sketch, power step</source>
        <translation>随机草图，幂迭代</translation>
    </message>
    <message>
        <source>rank of the part without noise</source>
        <translation>无噪声部分的秩</translation>
    </message>
    <message>
        <source>rankscope-cli methods lists them</source>
        <translation>rankscope-cli methods 会列出所有方法</translation>
    </message>
    <message>
        <source>replace them with --nan zero or --nan mean</source>
        <translation>用 --nan zero 或 --nan mean 代替它们</translation>
    </message>
    <message>
        <source>rows and columns of the first factor</source>
        <translation>第一个因子的行列数</translation>
    </message>
    <message>
        <source>rows and columns of the second factor</source>
        <translation>第二个因子的行列数</translation>
    </message>
    <message>
        <source>rows of very different size: what is small is not noise, but an absolute tolerance drops it</source>
        <translation>各行大小悬殊：小的不是噪声，绝对容差却会丢掉它</translation>
    </message>
    <message>
        <source>save it as float64, float32 or an integer type</source>
        <translation>请存为 float64、float32 或整数类型</translation>
    </message>
    <message>
        <source>save it to a file first</source>
        <translation>请先把它存成文件</translation>
    </message>
    <message>
        <source>session files end with .rankscope</source>
        <translation>会话文件的扩展名为 .rankscope</translation>
    </message>
    <message>
        <source>share of the entries that are not 0</source>
        <translation>非零元素的比例</translation>
    </message>
    <message>
        <source>simple to write, yet every direction counts the same: low rank is not the same as simple</source>
        <translation>写法简单，但每个方向同等重要：低秩并不等于简单</translation>
    </message>
    <message>
        <source>singular values known beforehand, so that every error can be checked against the truth</source>
        <translation>奇异值事先已知，因此每个误差都可与真值核对</translation>
    </message>
    <message>
        <source>spectrum of a shuffled copy</source>
        <translation>打乱副本的奇异值谱</translation>
    </message>
    <message>
        <source>standard deviation of the bell, in entries</source>
        <translation>钟形的标准差，以元素个数计</translation>
    </message>
    <message>
        <source>standard deviation of the noise; the signal&apos;s entries have 1</source>
        <translation>噪声的标准差；信号元素的标准差为 1</translation>
    </message>
    <message>
        <source>standard deviation; the blocks are 1 on 0</source>
        <translation>标准差；块内为 1，块外为 0</translation>
    </message>
    <message>
        <source>the best approximation of each rank, in every unitarily invariant norm</source>
        <translation>在任何酉不变范数下，都是每个秩的最佳近似</translation>
    </message>
    <message>
        <source>the figure could not be written</source>
        <translation>无法写出图表</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>the file ends too early</source>
        <translation>文件过早结束</translation>
    </message>
    <message>
        <source>the file has changed while it was open</source>
        <translation>文件在打开期间发生了变化</translation>
    </message>
    <message>
        <source>the file was cut</source>
        <translation>文件被截断</translation>
    </message>
    <message>
        <source>the file was cut or its header is damaged</source>
        <translation>文件被截断或文件头已损坏</translation>
    </message>
    <message>
        <source>the folder to write it in does not exist</source>
        <translation>要写入的文件夹不存在</translation>
    </message>
    <message>
        <source>the input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>the key location</source>
        <translation>键 location</translation>
    </message>
    <message>
        <source>the key version</source>
        <translation>键 version</translation>
    </message>
    <message>
        <source>the matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>the maximum in its header is damaged</source>
        <translation>文件头中的最大值已损坏</translation>
    </message>
    <message>
        <source>the optimum is not known: {1}</source>
        <translation>最优值未知：{1}</translation>
    </message>
    <message>
        <source>the orthogonal basis of JPEG: rows are cosines of rising frequency</source>
        <translation>JPEG 的正交基：各行是频率递增的余弦</translation>
    </message>
    <message>
        <source>the picture ends too early</source>
        <translation>图片过早结束</translation>
    </message>
    <message>
        <source>the picture has no alpha channel</source>
        <translation>图片没有 alpha 通道</translation>
    </message>
    <message>
        <source>the picture is cut short or damaged</source>
        <translation>图片被截断或已损坏</translation>
    </message>
    <message>
        <source>the picture is grey and has no channel &quot;{1}&quot;</source>
        <translation>图片是灰度的，没有通道“{1}”</translation>
    </message>
    <message>
        <source>the product of the two numbers must be {1}</source>
        <translation>两个数的乘积必须是 {1}</translation>
    </message>
    <message>
        <source>the rank is missing</source>
        <translation>缺少秩</translation>
    </message>
    <message>
        <source>the shape in its header is not a list of sizes</source>
        <translation>文件头中的形状不是尺寸列表</translation>
    </message>
    <message>
        <source>the sizes in its header are damaged</source>
        <translation>文件头中的尺寸已损坏</translation>
    </message>
    <message>
        <source>the whole approximation</source>
        <translation>整个近似矩阵</translation>
    </message>
    <message>
        <source>there are none</source>
        <translation>没有任何参数</translation>
    </message>
    <message>
        <source>there are: {1}</source>
        <translation>可用的有：{1}</translation>
    </message>
    <message>
        <source>there is no approximation yet</source>
        <translation>尚无近似</translation>
    </message>
    <message>
        <source>there is no choice &quot;{1}&quot;</source>
        <translation>没有“{1}”这个选项</translation>
    </message>
    <message>
        <source>there is no language {1}</source>
        <translation>没有语言 {1}</translation>
    </message>
    <message>
        <source>there is no method {1}</source>
        <translation>没有方法 {1}</translation>
    </message>
    <message>
        <source>there is no room {1}</source>
        <translation>没有工作室 {1}</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>there is no such generator</source>
        <translation>没有这个生成器</translation>
    </message>
    <message>
        <source>there is no such method</source>
        <translation>没有这个方法</translation>
    </message>
    <message>
        <source>there is no such parameter here</source>
        <translation>此处没有这个参数</translation>
    </message>
    <message>
        <source>there is no such sample</source>
        <translation>没有这个示例</translation>
    </message>
    <message>
        <source>there is no theme {1}</source>
        <translation>没有主题 {1}</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>these endings are known: {1}</source>
        <translation>已知的扩展名：{1}</translation>
    </message>
    <message>
        <source>this is a folder</source>
        <translation>这是文件夹</translation>
    </message>
    <message>
        <source>this is not JSON: {1}</source>
        <translation>这不是 JSON：{1}</translation>
    </message>
    <message>
        <source>this is not a Rankscope session</source>
        <translation>这不是 Rankscope 会话</translation>
    </message>
    <message>
        <source>this needs more memory than the computer has free</source>
        <translation>所需内存超过计算机的可用内存</translation>
    </message>
    <message>
        <source>this needs {1} of memory and {2} are allowed</source>
        <translation>需要 {1} 内存，允许使用 {2}</translation>
    </message>
    <message>
        <source>this row has {1} columns, the first has {2}</source>
        <translation>此行有 {1} 列，第一行有 {2} 列</translation>
    </message>
    <message>
        <source>this session is no longer there</source>
        <translation>此会话已不存在</translation>
    </message>
    <message>
        <source>this version has no method {1}; {2} stands in its place</source>
        <translation>此版本没有方法 {1}；以 {2} 代替</translation>
    </message>
    <message>
        <source>this version has no room {1}; the matrix room is shown</source>
        <translation>此版本没有工作室 {1}；显示矩阵室</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>try the method rsvd</source>
        <translation>请尝试 rsvd 方法</translation>
    </message>
    <message>
        <source>turn it real with --complex abs, real, imag or stack</source>
        <translation>用 --complex abs、real、imag 或 stack 转为实数</translation>
    </message>
    <message>
        <source>turn it real with --complex abs, real, imag or stack, or use svd</source>
        <translation>用 --complex abs、real、imag 或 stack 转为实数，或使用 svd</translation>
    </message>
    <message>
        <source>two numbers from 200 to 16384 are needed</source>
        <translation>需要两个 200 到 16384 之间的数</translation>
    </message>
    <message>
        <source>two small matrices make a large one of full rank; its singular values are all products of theirs</source>
        <translation>两个小矩阵构成一个满秩的大矩阵，其奇异值是两者奇异值的所有乘积</translation>
    </message>
    <message>
        <source>use --precision double</source>
        <translation>请使用 --precision double</translation>
    </message>
    <message>
        <source>use one of {1}</source>
        <translation>请使用 {1} 之一</translation>
    </message>
    <message>
        <source>use the method rsvd</source>
        <translation>请使用 rsvd 方法</translation>
    </message>
    <message>
        <source>value i is i to minus this power, i from 1</source>
        <translation>第 i 个值是 i 的负此次幂，i 从 1 开始</translation>
    </message>
    <message>
        <source>versions 1 to 3 are read</source>
        <translation>可读取版本 1 到 3</translation>
    </message>
    <message>
        <source>view.{1} is not known to this version; it is kept</source>
        <translation>此版本不认识 view.{1}；已保留</translation>
    </message>
    <message>
        <source>view.{1}: {2} is not allowed; the default stands in its place</source>
        <translation>view.{1}：不允许 {2}；已改用默认值</translation>
    </message>
    <message>
        <source>what shrinks</source>
        <translation>哪一方向缩小</translation>
    </message>
    <message>
        <source>what the other values are</source>
        <translation>其余各值的大小</translation>
    </message>
    <message>
        <source>where the powers are taken, in [-1, 1]</source>
        <translation>取幂的节点，在 [-1, 1] 内</translation>
    </message>
    <message>
        <source>white noise: no direction is worth more than another, and the spectrum follows Marchenko and Pastur</source>
        <translation>白噪声：没有哪个方向更重要，奇异值谱服从 Marchenko–Pastur 律</translation>
    </message>
    <message>
        <source>write an .npy file</source>
        <translation>请写成 .npy 文件</translation>
    </message>
    <message>
        <source>write an .npy file, or use --complex</source>
        <translation>请写成 .npy 文件，或使用 --complex</translation>
    </message>
    <message>
        <source>write name=value, separated by commas</source>
        <translation>请写成 name=value，用逗号分隔</translation>
    </message>
    <message>
        <source>zoom in, or export instead</source>
        <translation>请放大视图，或改用导出</translation>
    </message>
    <message>
        <source>{1} bytes after the array were left out</source>
        <translation>数组之后的 {1} 字节已忽略</translation>
    </message>
    <message>
        <source>{1} entries are NaN or infinite, the first at row {2}, column {3}</source>
        <translation>{1} 个元素为 NaN 或无穷，第一个位于第 {2} 行第 {3} 列</translation>
    </message>
    <message>
        <source>{1} entries that are NaN or infinite were replaced by the mean</source>
        <translation>{1} 个 NaN 或无穷的元素已用均值代替</translation>
    </message>
    <message>
        <source>{1} entries that are NaN or infinite were replaced by zero</source>
        <translation>{1} 个 NaN 或无穷的元素已用零代替</translation>
    </message>
    <message>
        <source>{1} entry is NaN or infinite, at row {2}, column {3}</source>
        <translation>{1} 个元素为 NaN 或无穷，位于第 {2} 行第 {3} 列</translation>
    </message>
    <message>
        <source>{1} has no parameter {2}; it is left out</source>
        <translation>{1} 没有参数 {2}；已忽略</translation>
    </message>
    <message>
        <source>{1} has no such parameter</source>
        <translation>{1} 没有这个参数</translation>
    </message>
    <message>
        <source>{1} integers beyond 2⁵³ were rounded to the nearest double</source>
        <translation>{1} 个超过 2⁵³ 的整数已舍入为最近的双精度数</translation>
    </message>
    <message>
        <source>{1} is not allowed</source>
        <translation>不允许 {1}</translation>
    </message>
    <message>
        <source>{1} is not known to this version; it is kept</source>
        <translation>此版本不认识 {1}；已保留</translation>
    </message>
    <message>
        <source>{1} is not known to this version; it is left out</source>
        <translation>此版本不认识 {1}；已忽略</translation>
    </message>
    <message>
        <source>{1} is one too many</source>
        <translation>多出了 {1}</translation>
    </message>
    <message>
        <source>{1} numbers are too large for a double and became infinite</source>
        <translation>{1} 个数超出双精度范围，成为无穷大</translation>
    </message>
    <message>
        <source>{1} numbers are too many for the clipboard</source>
        <translation>{1} 个数太多，剪贴板放不下</translation>
    </message>
    <message>
        <source>{1} of {2} columns hold text and were left out: {3}</source>
        <translation>{2} 列中有 {1} 列是文本，已忽略：{3}</translation>
    </message>
    <message>
        <source>{1} {2} is cut to {3}, the smaller side of the matrix: the approximation is exact</source>
        <translation>{1} {2} 已截为矩阵的较小边长 {3}：近似是精确的</translation>
    </message>
    <message>
        <source>{1}: {2} is expected</source>
        <translation>{1}：应为{2}</translation>
    </message>
    <message>
        <source>Discrete Fourier transform</source>
        <translation>离散傅里叶变换</translation>
    </message>
    <message>
        <source>a file, gallery:NAME or sample:NAME</source>
        <translation>文件、gallery:NAME 或 sample:NAME</translation>
    </message>
    <message>
        <source>a number above 0, up to 1</source>
        <translation>大于 0 且不超过 1 的数</translation>
    </message>
    <message>
        <source>a number from 0</source>
        <translation>不小于 0 的数</translation>
    </message>
    <message>
        <source>a whole number from 1</source>
        <translation>不小于 1 的整数</translation>
    </message>
    <message>
        <source>divide its entries by a power of ten first</source>
        <translation>请先将其元素除以 10 的某次幂</translation>
    </message>
    <message>
        <source>double or float</source>
        <translation>double 或 float</translation>
    </message>
    <message>
        <source>gavish-donoho, elbow or numerical</source>
        <translation>gavish-donoho、elbow 或 numerical</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>缺少此项</translation>
    </message>
    <message>
        <source>its Frobenius norm, with entries up to {1}, is beyond the range of double</source>
        <translation>其元素最大达 {1}，Frobenius 范数超出 double 的范围</translation>
    </message>
    <message>
        <source>its entries, up to {1}, are outside the range of float</source>
        <translation>其元素最大达 {1}，超出 float 的范围</translation>
    </message>
    <message>
        <source>its value is missing</source>
        <translation>缺少它的值</translation>
    </message>
    <message>
        <source>nothing can be computed from it</source>
        <translation>无法据此进行任何计算</translation>
    </message>
    <message>
        <source>rankscope-cli approx --help lists them</source>
        <translation>可用 rankscope-cli approx --help 列出</translation>
    </message>
    <message>
        <source>the first row was read as names, not as numbers, because of {1}</source>
        <translation>由于 {1}，首行被读作列名而不是数据</translation>
    </message>
    <message>
        <source>the matrix is empty ({1} x {2})</source>
        <translation>矩阵为空（{1} x {2}）</translation>
    </message>
    <message>
        <source>the rank is given more than once</source>
        <translation>重复给出了秩</translation>
    </message>
    <message>
        <source>there is no such option</source>
        <translation>没有这个选项</translation>
    </message>
    <message>
        <source>unitary, so no rank is better than another; its real and imaginary parts have half the rank each</source>
        <translation>酉矩阵，没有哪个秩更优；其实部与虚部各有一半的秩</translation>
    </message>
    <message>
        <source>where this 8-bit TIFF is transparent its colours are inexact (saved as PNG they are not)</source>
        <translation>此 8 位 TIFF 在透明处颜色不精确（另存为 PNG 则精确）</translation>
    </message>
    <message>
        <source>{1} integer beyond 2⁵³ was rounded to the nearest double</source>
        <translation>有 {1} 个超过 2⁵³ 的整数被舍入为最近的 double</translation>
    </message>
    <message>
        <source>{1} number is too large for a double and became infinite</source>
        <translation>有 {1} 个数超出 double 的范围，变为无穷</translation>
    </message>
    <message>
        <source>it is no picture, so it has no channel &quot;{1}&quot;</source>
        <translation>不是图片，没有通道“{1}”</translation>
    </message>
    <message>
        <source>leave --channel out</source>
        <translation>去掉 --channel</translation>
    </message>
    <message>
        <source>the rule {1} keeps nothing of this matrix: rank 1 is shown, the least there is</source>
        <translation>定秩规则 {1} 对此矩阵什么也不保留：改为显示最小的秩 1</translation>
    </message>
    <message>
        <source>the tolerance asks for nothing of this matrix: rank 1 is shown, the least there is</source>
        <translation>按此容差无需保留此矩阵的任何部分：改为显示最小的秩 1</translation>
    </message>
    <message>
        <source>{1} x {2} is beyond LAPACK&apos;s 32-bit sizes (at most {3} on the smaller side, 2³¹ entries)</source>
        <translation>{1} x {2} 超出 LAPACK 的 32 位尺寸（较小边至多 {3}，元素少于 2³¹ 个）</translation>
    </message>
    <message>
        <source>singular values {1} and {2} are equal: other matrices of rank {1} are as near as this one</source>
        <translation>第 {1} 与第 {2} 个奇异值相等：还有其他秩为 {1} 的矩阵同样接近</translation>
    </message>
    <message>
        <source>Alternating least squares</source>
        <translation>交替最小二乘</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>a complex Monarch matrix is asked for real values</source>
        <translation>向复数 Monarch 矩阵索取实数值</translation>
    </message>
    <message>
        <source>als had not settled after {1} sweeps; raise its parameter iterations</source>
        <translation>als 在 {1} 轮后尚未收敛；请增大参数 iterations</translation>
    </message>
    <message>
        <source>alternating least squares</source>
        <translation>交替最小二乘</translation>
    </message>
    <message>
        <source>its largest singular value, {1}, is beyond the range of numbers</source>
        <translation>其最大奇异值 {1} 超出了数的表示范围</translation>
    </message>
    <message>
        <source>its size is its {1}</source>
        <translation>其规模由 {1} 决定</translation>
    </message>
    <message>
        <source>most sweeps; it stops earlier when one gains less than 1e-12 of the norm</source>
        <translation>最多轮数；若某一轮的改进小于范数的 1e-12 则提前停止</translation>
    </message>
    <message>
        <source>raise the cut-off, or multiply the matrix by a power of ten first</source>
        <translation>请提高截断阈值，或先将矩阵乘以 10 的幂</translation>
    </message>
    <message>
        <source>relative error</source>
        <translation>相对误差</translation>
    </message>
    <message>
        <source>the pseudo-inverse</source>
        <translation>伪逆</translation>
    </message>
    <message>
        <source>two factors from a random start, each solved for in turn: what the SVD&apos;s answer is reached by</source>
        <translation>从随机初值出发轮流求解两个因子：由此逼近 SVD 的答案</translation>
    </message>
    <message>
        <source>{1} takes no energy, tolerance or rank rule</source>
        <translation>{1} 不接受能量、容差或定秩规则</translation>
    </message>
    <message>
        <source>{1} {2} is cut to {3}, the largest there is</source>
        <translation>{1} {2} 已截为最大值 {3}</translation>
    </message>
    <message>
        <source>--rank R</source>
        <translation>--rank R</translation>
    </message>
    <message>
        <source>--rcond and --ridge are two ways to the same end</source>
        <translation>--rcond 与 --ridge 是达到同一目的的两种方式</translation>
    </message>
    <message>
        <source>CUR decomposition</source>
        <translation>CUR 分解</translation>
    </message>
    <message>
        <source>Coefficients</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>Column subset</source>
        <translation>列子集</translation>
    </message>
    <message>
        <source>Column–row sampling</source>
        <translation>列–行采样</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Interpolative decomposition</source>
        <translation>插值分解</translation>
    </message>
    <message>
        <source>Largest coefficient</source>
        <translation>最大系数</translation>
    </message>
    <message>
        <source>Middle factor</source>
        <translation>中间因子</translation>
    </message>
    <message>
        <source>Own probabilities</source>
        <translation>自定概率</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Singular value decomposition of the product</source>
        <translation>乘积的奇异值分解</translation>
    </message>
    <message>
        <source>Spread of the columns</source>
        <translation>列的离散程度</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>&quot;{1}&quot; is not known</source>
        <translation>“{1}”未知</translation>
    </message>
    <message>
        <source>a drawn pair over its probability is beyond the range of numbers</source>
        <translation>抽中的列–行对除以其概率后超出了数的表示范围</translation>
    </message>
    <message>
        <source>a number above 0</source>
        <translation>大于 0 的数</translation>
    </message>
    <message>
        <source>a number from 0 to 1</source>
        <translation>0 到 1 之间的数</translation>
    </message>
    <message>
        <source>a probability is negative or not finite</source>
        <translation>有概率为负或不是有限数</translation>
    </message>
    <message>
        <source>a product is given its number of pairs</source>
        <translation>乘积需给出列–行对的数目</translation>
    </message>
    <message>
        <source>a product is of whole matrices</source>
        <translation>乘积针对整个矩阵</translation>
    </message>
    <message>
        <source>a product per channel</source>
        <translation>按通道的乘积</translation>
    </message>
    <message>
        <source>a scaled copy of the matrix</source>
        <translation>矩阵的缩放副本</translation>
    </message>
    <message>
        <source>a sum of r of the k column–row pairs: chosen, or drawn so that the mean is right</source>
        <translation>k 个列–行对中取 r 个求和：直接选定，或随机抽取使均值正确</translation>
    </message>
    <message>
        <source>allowed: numbers above 0 wherever column and row are not zero</source>
        <translation>允许：凡列与行均非零处须为大于 0 的数</translation>
    </message>
    <message>
        <source>allowed: whole numbers from 1</source>
        <translation>允许：从 1 开始的整数</translation>
    </message>
    <message>
        <source>allowed: without with scheme=uniform; with, poisson or wta with any</source>
        <translation>允许：scheme=uniform 时可用 without；with、poisson 或 wta 可与任何方案搭配</translation>
    </message>
    <message>
        <source>allowed: {1} numbers from 0, not all of them 0</source>
        <translation>允许：{1} 个不小于 0 且不全为 0 的数</translation>
    </message>
    <message>
        <source>allowed: {1} numbers from 0, one for each pair</source>
        <translation>允许：{1} 个不小于 0 的数，每对一个</translation>
    </message>
    <message>
        <source>choose smaller ranks</source>
        <translation>请选择更小的秩</translation>
    </message>
    <message>
        <source>columns alone, or rows as well: C U R with U the inverse of where they meet</source>
        <translation>只取列，或同时取行：C U R，其中 U 是行列交叉处的逆</translation>
    </message>
    <message>
        <source>columns and rows of the matrix itself, and a small matrix between them</source>
        <translation>取矩阵自身的若干列和行，中间是一个小矩阵</translation>
    </message>
    <message>
        <source>columns are swapped while a swap raises the volume by more than this factor</source>
        <translation>只要一次交换能使体积增大超过此倍数，就继续交换列</translation>
    </message>
    <message>
        <source>columns of the matrix itself, and all others as combinations of them</source>
        <translation>取矩阵自身的若干列，其余各列由它们组合而成</translation>
    </message>
    <message>
        <source>divide one of the matrices by a power of ten first</source>
        <translation>请先将其中一个矩阵除以 10 的幂</translation>
    </message>
    <message>
        <source>drawing without replacement has a known error for equal weights only</source>
        <translation>不放回抽取仅在等权时有已知误差</translation>
    </message>
    <message>
        <source>each column is scaled by a log-normal factor of this width; 0: alike</source>
        <translation>每列乘以此宽度的对数正态因子；0：相同</translation>
    </message>
    <message>
        <source>error, with probability 95 %</source>
        <translation>误差（概率 95 %）</translation>
    </message>
    <message>
        <source>every pair has weight 0, so the probabilities are not defined: uniform ones stand in</source>
        <translation>所有列–行对的权重均为 0，概率无定义：改用均匀概率</translation>
    </message>
    <message>
        <source>fewer pairs need less</source>
        <translation>减少列–行对可降低需求</translation>
    </message>
    <message>
        <source>fewer trials, or a smaller inner side, need less</source>
        <translation>减少试验次数或内侧维数可降低需求</translation>
    </message>
    <message>
        <source>from the sketch alone, or by one more pass the best there are for its columns</source>
        <translation>仅由草图求得；或再遍历一次矩阵，求这些列的最佳系数</translation>
    </message>
    <message>
        <source>give one of them</source>
        <translation>请只给出其中之一</translation>
    </message>
    <message>
        <source>greedy and cpqr choose; leverage, volume, adaptive and uniform draw by chance</source>
        <translation>greedy 和 cpqr 按规则选取；leverage、volume、adaptive 和 uniform 随机抽取</translation>
    </message>
    <message>
        <source>how likely a pair is: by its norms, alike, by leverage, as given, or the largest ones for sure</source>
        <translation>列–行对的概率：按范数、均匀、按杠杆值、自定，或确定地取最大者</translation>
    </message>
    <message>
        <source>it takes no rank, energy, tolerance or rule</source>
        <translation>它不接受秩、能量、容差或规则</translation>
    </message>
    <message>
        <source>its entries are below the range of double</source>
        <translation>其元素低于双精度的表示范围</translation>
    </message>
    <message>
        <source>its entries are complex and products are of real ones</source>
        <translation>其元素为复数，而乘积只接受实数</translation>
    </message>
    <message>
        <source>its entries or their norm are beyond the range of double</source>
        <translation>其元素或范数超出双精度的表示范围</translation>
    </message>
    <message>
        <source>its size is given by --param {1}=N</source>
        <translation>其规模由 --param {1}=N 给出</translation>
    </message>
    <message>
        <source>largest |Z|, at most 2^(r − 1)</source>
        <translation>|Z| 的最大值，不超过 2^(r − 1)</translation>
    </message>
    <message>
        <source>largest |Z|, at most f</source>
        <translation>|Z| 的最大值，不超过 f</translation>
    </message>
    <message>
        <source>matrix or product</source>
        <translation>matrix 或 product</translation>
    </message>
    <message>
        <source>multiply one of the matrices by a power of ten first</source>
        <translation>请先将其中一个矩阵乘以 10 的幂</translation>
    </message>
    <message>
        <source>multiply the matrix by a power of ten first</source>
        <translation>请先将矩阵乘以 10 的幂</translation>
    </message>
    <message>
        <source>name each method once</source>
        <translation>每个方法只写一次</translation>
    </message>
    <message>
        <source>name each rank once</source>
        <translation>每个秩只写一次</translation>
    </message>
    <message>
        <source>no {1} of {2} has as few parameters as rank {3}, r(n + m) = {4}</source>
        <translation>{2} 的任何 {1} 的参数都多于秩 {3} 的 r(n + m) = {4} 个</translation>
    </message>
    <message>
        <source>one number from 0 for each pair; divided by their sum</source>
        <translation>每对一个不小于 0 的数；将除以其总和</translation>
    </message>
    <message>
        <source>one or more of {1}</source>
        <translation>{1} 中的一个或多个</translation>
    </message>
    <message>
        <source>only approx, pinv and product describe what a room shows</source>
        <translation>只有 approx、pinv 和 product 描述房间所显示的内容</translation>
    </message>
    <message>
        <source>pair {1} (counted from 0) has probability 0 but a weight: never drawn, it would be missing from the mean</source>
        <translation>第 {1} 对（从 0 计）概率为 0 但有权重：永远抽不到，均值中将缺少它</translation>
    </message>
    <message>
        <source>parameter probabilities</source>
        <translation>参数 probabilities</translation>
    </message>
    <message>
        <source>parameter replacement</source>
        <translation>参数 replacement</translation>
    </message>
    <message>
        <source>pivoted QR, with swaps until no coefficient exceeds f, or of a random sketch</source>
        <translation>选主元 QR；或再交换列直至没有系数超过 f；或对随机草图做选主元 QR</translation>
    </message>
    <message>
        <source>rankscope-cli pinv --help lists them</source>
        <translation>rankscope-cli pinv --help 会列出它们</translation>
    </message>
    <message>
        <source>repeating the draws</source>
        <translation>重复抽取</translation>
    </message>
    <message>
        <source>root mean square error</source>
        <translation>均方根误差</translation>
    </message>
    <message>
        <source>root of the mean squared error of volume sampling</source>
        <translation>体积采样均方误差的平方根</translation>
    </message>
    <message>
        <source>scheme=own needs them</source>
        <translation>scheme=own 需要它们</translation>
    </message>
    <message>
        <source>singular values {1} and {2} of the left matrix are equal: other leverage scores are as good</source>
        <translation>左矩阵的第 {1} 与第 {2} 个奇异值相等：其他杠杆值同样成立</translation>
    </message>
    <message>
        <source>spectral error, at most 2^r √(m − r) σ of r + 1</source>
        <translation>谱误差，不超过 2^r √(m − r) 乘以第 r + 1 个 σ</translation>
    </message>
    <message>
        <source>spectral error, at most the sum of both η times σ of r + 1</source>
        <translation>谱误差，不超过两个 η 之和乘以第 r + 1 个 σ</translation>
    </message>
    <message>
        <source>spectral error, at most √(1 + f²r(m − r)) σ of r + 1</source>
        <translation>谱误差，不超过 √(1 + f²r(m − r)) 乘以第 r + 1 个 σ</translation>
    </message>
    <message>
        <source>take the channels jointly</source>
        <translation>请将各通道合并处理</translation>
    </message>
    <message>
        <source>the best approximation of each rank: the floor below every choice of pairs</source>
        <translation>每个秩的最佳近似：任何列–行对选择的下界</translation>
    </message>
    <message>
        <source>the best one, or the inverse of where rows and columns cross</source>
        <translation>最佳的中间因子，或行列交叉处的逆</translation>
    </message>
    <message>
        <source>the key method</source>
        <translation>键 method</translation>
    </message>
    <message>
        <source>the keys methods and ranks</source>
        <translation>键 methods 与 ranks</translation>
    </message>
    <message>
        <source>the left matrix</source>
        <translation>左矩阵</translation>
    </message>
    <message>
        <source>the left matrix is zero, so its leverage scores are not defined: uniform ones stand in</source>
        <translation>左矩阵为零，其杠杆值无定义：改用均匀概率</translation>
    </message>
    <message>
        <source>the left matrix must have as many columns as the right one has rows</source>
        <translation>左矩阵的列数必须等于右矩阵的行数</translation>
    </message>
    <message>
        <source>the matrix projected on some of its own columns, chosen by a rule or by chance</source>
        <translation>将矩阵投影到它自身的若干列上，这些列按规则或随机选取</translation>
    </message>
    <message>
        <source>the middle factor is beyond the range of numbers</source>
        <translation>中间因子超出了数值范围</translation>
    </message>
    <message>
        <source>the pairs of a product</source>
        <translation>乘积的列–行对</translation>
    </message>
    <message>
        <source>the probabilities sum to {1} and are divided by it</source>
        <translation>概率之和为 {1}，已除以该值</translation>
    </message>
    <message>
        <source>the product</source>
        <translation>乘积</translation>
    </message>
    <message>
        <source>the right matrix</source>
        <translation>右矩阵</translation>
    </message>
    <message>
        <source>the transposed matrix</source>
        <translation>转置矩阵</translation>
    </message>
    <message>
        <source>the trials</source>
        <translation>试验</translation>
    </message>
    <message>
        <source>the unit matrix</source>
        <translation>单位矩阵</translation>
    </message>
    <message>
        <source>there is no such method for a product</source>
        <translation>没有这样的乘积方法</translation>
    </message>
    <message>
        <source>they are all 0</source>
        <translation>它们全为 0</translation>
    </message>
    <message>
        <source>they are for cr</source>
        <translation>它们用于 cr</translation>
    </message>
    <message>
        <source>this needs more memory than there is</source>
        <translation>所需内存超过现有内存</translation>
    </message>
    <message>
        <source>this version has no method {1}; it is left out of the comparison</source>
        <translation>此版本没有方法 {1}；比较中已略去</translation>
    </message>
    <message>
        <source>what rows and columns are chosen by; leverage and uniform draw by chance</source>
        <translation>行和列的选取依据；leverage 和 uniform 随机抽取</translation>
    </message>
    <message>
        <source>whole numbers from 1, such as 1,2,4,8</source>
        <translation>从 1 开始的整数，例如 1,2,4,8</translation>
    </message>
    <message>
        <source>with replacement, without (uniform only), each pair by itself (poisson), or the largest kept and the rest drawn (wta)</source>
        <translation>放回、不放回（仅均匀）、逐对独立（poisson），或保留最大者、其余抽取（wta）</translation>
    </message>
    <message>
        <source>{1} at rank {2}</source>
        <translation>{1}，秩 {2}</translation>
    </message>
    <message>
        <source>{1} draws by the norms of the pairs, whatever the scheme</source>
        <translation>无论何种方案，{1} 均按列–行对的范数抽取</translation>
    </message>
    <message>
        <source>{1} draws nothing that could be repeated</source>
        <translation>{1} 不含可重复的随机抽取</translation>
    </message>
    <message>
        <source>{1} is there twice</source>
        <translation>{1} 出现了两次</translation>
    </message>
    <message>
        <source>{1} numbers were given for {2} pairs</source>
        <translation>给出了 {1} 个数，但有 {2} 对</translation>
    </message>
    <message>
        <source>{1} pairs have leverage 0 but a weight: the probabilities are nine tenths leverage and one tenth uniform</source>
        <translation>{1} 对的杠杆值为 0 但有权重：概率取九成杠杆值与一成均匀</translation>
    </message>
    <message>
        <source>{1} times {2} does not fit</source>
        <translation>{1} 乘 {2} 的尺寸不匹配</translation>
    </message>
    <message>
        <source>η of the columns</source>
        <translation>列的 η</translation>
    </message>
    <message>
        <source>η of the rows</source>
        <translation>行的 η</translation>
    </message>
    <message>
        <source>√(r + 1) times the optimum</source>
        <translation>最优误差的 √(r + 1) 倍</translation>
    </message>
    <message>
        <source>--randomized estimates it; or raise --max-memory</source>
        <translation>可用 --randomized 估计；或提高 --max-memory</translation>
    </message>
    <message>
        <source>2·range + 1</source>
        <translation>2·range + 1</translation>
    </message>
    <message>
        <source>4·rank + 1, at most min(n, m)</source>
        <translation>4·秩 + 1，至多 min(n, m)</translation>
    </message>
    <message>
        <source>Adaptive randomized QB</source>
        <translation>自适应随机 QB</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>块</translation>
    </message>
    <message>
        <source>Block Krylov</source>
        <translation>块 Krylov</translation>
    </message>
    <message>
        <source>Block rank</source>
        <translation>块秩</translation>
    </message>
    <message>
        <source>Column order</source>
        <translation>列顺序</translation>
    </message>
    <message>
        <source>Column tiles K, S</source>
        <translation>列分块 K, S</translation>
    </message>
    <message>
        <source>Core sketch</source>
        <translation>核心草图</translation>
    </message>
    <message>
        <source>Golub-Kahan bidiagonalisation from one vector, with a bound on every singular value it finds</source>
        <translation>从一个向量出发的 Golub-Kahan 双对角化，并为找到的每个奇异值给出界</translation>
    </message>
    <message>
        <source>I,J with IJ rows: row iJ + j is row i of the tiles of j</source>
        <translation>I,J，共 IJ 行：第 iJ + j 行是 j 各子块的第 i 行</translation>
    </message>
    <message>
        <source>J the divisor nearest the root of the rows</source>
        <translation>J 取最接近行数平方根的约数</translation>
    </message>
    <message>
        <source>K the divisor nearest the root of the columns</source>
        <translation>K 取最接近列数平方根的约数</translation>
    </message>
    <message>
        <source>K,S with KS columns: column kS + l is column l of the tiles of k</source>
        <translation>K,S，共 KS 列：第 kS + l 列是 k 各子块的第 l 列</translation>
    </message>
    <message>
        <source>Krylov steps</source>
        <translation>Krylov 步数</translation>
    </message>
    <message>
        <source>Lanczos</source>
        <translation>Lanczos 方法</translation>
    </message>
    <message>
        <source>Lanczos step</source>
        <translation>Lanczos 步</translation>
    </message>
    <message>
        <source>Monarch</source>
        <translation>Monarch 矩阵</translation>
    </message>
    <message>
        <source>Range sketch</source>
        <translation>值域草图</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Row tiles I, J</source>
        <translation>行分块 I, J</translation>
    </message>
    <message>
        <source>Single-pass sketch</source>
        <translation>单遍草图</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>子块</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>a random basis that grows block by block until the error is small enough</source>
        <translation>逐块增长的随机基，直到误差足够小</translation>
    </message>
    <message>
        <source>a range of {1}, for ranks up to that, would fit; or raise --max-memory</source>
        <translation>range 为 {1}（秩不超过它）时放得下；或增大 --max-memory</translation>
    </message>
    <message>
        <source>a sparse matrix of {1} × {2} is too long</source>
        <translation>{1} × {2} 的稀疏矩阵太长</translation>
    </message>
    <message>
        <source>all alike</source>
        <translation>全部相同</translation>
    </message>
    <message>
        <source>all entries of a sparse matrix</source>
        <translation>稀疏矩阵的全部元素</translation>
    </message>
    <message>
        <source>allowed here: a whole number from {1} to {2}</source>
        <translation>此处允许：从 {1} 到 {2} 的整数</translation>
    </message>
    <message>
        <source>allowed: a whole number from {1}, the rank, on</source>
        <translation>允许：从 {1}（即秩）起的整数</translation>
    </message>
    <message>
        <source>an energy, a tolerance or a rule needs the exact spectrum, which a matrix that stays in its file does not give</source>
        <translation>能量、容差或规则需要精确谱，而留在文件中的矩阵无法给出</translation>
    </message>
    <message>
        <source>bit-reversal is for a power of two, and there are {1} columns</source>
        <translation>bit-reversal 要求列数为 2 的幂，而这里有 {1} 列</translation>
    </message>
    <message>
        <source>block Krylov step</source>
        <translation>块 Krylov 步</translation>
    </message>
    <message>
        <source>block {1} of L</source>
        <translation>L 的第 {1} 块</translation>
    </message>
    <message>
        <source>block {1} of R</source>
        <translation>R 的第 {1} 块</translation>
    </message>
    <message>
        <source>block {1}, {2} of {3}</source>
        <translation>{3} 的第 {1}, {2} 块</translation>
    </message>
    <message>
        <source>blocks beyond the first, each a product with M and one with its transpose</source>
        <translation>首块之外的块数，每块需与 M 及其转置各乘一次</translation>
    </message>
    <message>
        <source>blocks={1} is rows={2},{1} and cols={3},{1}</source>
        <translation>blocks={1} 即 rows={2},{1} 和 cols={3},{1}</translation>
    </message>
    <message>
        <source>columns added at a time</source>
        <translation>每次增加的列数</translation>
    </message>
    <message>
        <source>common divisors nearest it: {1}</source>
        <translation>最接近它的公约数：{1}</translation>
    </message>
    <message>
        <source>distance of singular value {1}</source>
        <translation>第 {1} 个奇异值的误差界</translation>
    </message>
    <message>
        <source>divisors nearest {1}: {2}</source>
        <translation>最接近 {1} 的约数：{2}</translation>
    </message>
    <message>
        <source>each block of the matrix is seen once and forgotten: for what does not fit into memory</source>
        <translation>矩阵的每一块只看一次便不再保留：用于内存放不下的矩阵</translation>
    </message>
    <message>
        <source>exact in double, fast in float</source>
        <translation>双精度为 exact，单精度为 fast</translation>
    </message>
    <message>
        <source>exact: the SVD of each tile; fast: 14 Lanczos steps for each term, many tiles at once</source>
        <translation>exact：对每个子块做 SVD；fast：每一项用 14 步 Lanczos，同时处理许多子块</translation>
    </message>
    <message>
        <source>give --rank, or raise --max-memory</source>
        <translation>请给出 --rank，或提高 --max-memory</translation>
    </message>
    <message>
        <source>identity or gram</source>
        <translation>identity 或 gram</translation>
    </message>
    <message>
        <source>it has {1} numbers</source>
        <translation>它有 {1} 个数</translation>
    </message>
    <message>
        <source>it is larger than the memory allowed and stays in its file</source>
        <translation>它超过允许的内存，留在文件中</translation>
    </message>
    <message>
        <source>it is larger than the memory allowed, and in Fortran order it keeps its shape</source>
        <translation>它超过允许的内存，而按 Fortran 顺序存储时不能改变形状</translation>
    </message>
    <message>
        <source>it is singular to the accuracy of its numbers</source>
        <translation>在数值精度内它是奇异的</translation>
    </message>
    <message>
        <source>it needs all entries at once, and the matrix, larger than the {1} of memory allowed, stays in its file</source>
        <translation>它需要同时取得全部元素，而矩阵超过允许的 {1} 内存，留在文件中</translation>
    </message>
    <message>
        <source>it needs all entries of the sparse matrix, {1} of memory, and {2} are allowed</source>
        <translation>它需要稀疏矩阵的全部元素，即 {1} 内存，而允许的是 {2}</translation>
    </message>
    <message>
        <source>it stops when the error falls below this part of the norm; 0: not before the rank</source>
        <translation>误差低于范数的这一比例时停止；0：达到秩之前不停止</translation>
    </message>
    <message>
        <source>it takes block rank 1, K = I and J = S</source>
        <translation>需要块秩 1、K = I 且 J = S</translation>
    </message>
    <message>
        <source>its blocks are not square</source>
        <translation>其分块不是方阵</translation>
    </message>
    <message>
        <source>keeps what every power step saw: as good as many more steps of a randomized SVD</source>
        <translation>保留每一步幂迭代所见：效果相当于随机 SVD 多走许多步</translation>
    </message>
    <message>
        <source>krylov takes {1} of its {2} power steps: at rank {3} there is room for no more in {4} columns, the smaller side of the matrix</source>
        <translation>krylov 只做了 {2} 个幂步中的 {1} 个：秩为 {3} 时，矩阵较小的一边为 {4}，容不下更多列</translation>
    </message>
    <message>
        <source>lanczos ended after {1} steps in an invariant subspace: it finds a singular value once, however often the matrix has it; krylov finds them all</source>
        <translation>lanczos 在 {1} 步后止于不变子空间：无论矩阵的某个奇异值重复多少次，它只能找到一次；krylov 能全部找到</translation>
    </message>
    <message>
        <source>leverage score</source>
        <translation>杠杆得分</translation>
    </message>
    <message>
        <source>min(k, max(2r + 10, 20))</source>
        <translation>min(k, max(2r + 10, 20))</translation>
    </message>
    <message>
        <source>norm of the column</source>
        <translation>列的范数</translation>
    </message>
    <message>
        <source>norm product</source>
        <translation>范数之积</translation>
    </message>
    <message>
        <source>one more block</source>
        <translation>再加一块</translation>
    </message>
    <message>
        <source>parameter blocks</source>
        <translation>参数 blocks</translation>
    </message>
    <message>
        <source>parameter columns</source>
        <translation>参数 columns</translation>
    </message>
    <message>
        <source>passes that sharpen each block; needed where the spectrum decays slowly</source>
        <translation>使每一块更精确的遍历次数；谱衰减缓慢时需要</translation>
    </message>
    <message>
        <source>projection of the tiles</source>
        <translation>各子块的投影</translation>
    </message>
    <message>
        <source>qb ended at rank {1} with a relative error of {2}: further columns would be lost in rounding</source>
        <translation>qb 止于秩 {1}，相对误差 {2}：更多的列会淹没在舍入误差中</translation>
    </message>
    <message>
        <source>qb used up its {1} columns at a relative error of {2}; allow a higher rank</source>
        <translation>qb 用完了 {1} 列，相对误差为 {2}；请允许更高的秩</translation>
    </message>
    <message>
        <source>raise --max-memory or save it in C order</source>
        <translation>请提高 --max-memory，或按 C 顺序保存</translation>
    </message>
    <message>
        <source>raise --max-memory, or use a method that passes over it</source>
        <translation>请提高 --max-memory，或使用只需遍历它的方法</translation>
    </message>
    <message>
        <source>raise --max-memory, or use a method that works by products</source>
        <translation>请提高 --max-memory，或使用只需乘积的方法</translation>
    </message>
    <message>
        <source>reading it was cancelled</source>
        <translation>读取已取消</translation>
    </message>
    <message>
        <source>rows of the sketches that find range and co-range, from the rank to min(n, m)</source>
        <translation>求值域和余值域的草图的行数，从秩到 min(n, m)</translation>
    </message>
    <message>
        <source>rows of the sketches that find the core between them, from range on</source>
        <translation>求其间核心的草图的行数，不小于 range</translation>
    </message>
    <message>
        <source>rows or cols are given as well and say something else</source>
        <translation>同时给出的 rows 或 cols 与之不符</translation>
    </message>
    <message>
        <source>squared norm of the column</source>
        <translation>列的范数平方</translation>
    </message>
    <message>
        <source>take identity, stride or makhoul</source>
        <translation>请用 identity、stride 或 makhoul</translation>
    </message>
    <message>
        <source>the Monarch matrix has no inverse</source>
        <translation>该 Monarch 矩阵没有逆</translation>
    </message>
    <message>
        <source>the eigenvalues did not converge</source>
        <translation>特征值未收敛</translation>
    </message>
    <message>
        <source>the eigenvectors</source>
        <translation>特征向量</translation>
    </message>
    <message>
        <source>the exact spectrum</source>
        <translation>精确谱</translation>
    </message>
    <message>
        <source>the factors of a product of Monarch matrices</source>
        <translation>Monarch 矩阵乘积的因子</translation>
    </message>
    <message>
        <source>the factors of a product of Monarch matrices are found from invertible blocks only</source>
        <translation>只有分块可逆时才能求出 Monarch 矩阵乘积的因子</translation>
    </message>
    <message>
        <source>the inverse of a Monarch matrix</source>
        <translation>Monarch 矩阵的逆</translation>
    </message>
    <message>
        <source>the one pass</source>
        <translation>唯一的一遍</translation>
    </message>
    <message>
        <source>the order in which columns are taken; undone in the result, so it keeps no numbers</source>
        <translation>取列的顺序；在结果中会还原，因此不占存储的数</translation>
    </message>
    <message>
        <source>the parameter corange, {1}, is below range + 2: the error may be of any size</source>
        <translation>参数 corange（{1}）小于 range + 2：误差可能任意大</translation>
    </message>
    <message>
        <source>the product of {1} and {2} is not {3}, the matrix&apos;s side</source>
        <translation>{1} 与 {2} 之积不是矩阵的边长 {3}</translation>
    </message>
    <message>
        <source>the tiles of a complex matrix are decomposed exactly</source>
        <translation>复矩阵的子块以精确方式分解</translation>
    </message>
    <message>
        <source>these methods do without: {1}; or raise --max-memory</source>
        <translation>以下方法不需要：{1}；或提高 --max-memory</translation>
    </message>
    <message>
        <source>two are wanted, {1}, whose product is {2}</source>
        <translation>需要两个数 {1}，其乘积为 {2}</translation>
    </message>
    <message>
        <source>two block-diagonal factors between permutations: the SVD of each of J K interleaved tiles</source>
        <translation>置换之间的两个块对角因子：对 J K 个交错的子块分别做 SVD</translation>
    </message>
    <message>
        <source>vectors on each side, at least the rank; more make the leading values exact</source>
        <translation>每一侧的向量数，至少等于秩；越多，前面的奇异值越精确</translation>
    </message>
    <message>
        <source>{1} does not divide both {2} and {3}</source>
        <translation>{1} 不能同时整除 {2} 和 {3}</translation>
    </message>
    <message>
        <source>{1} is larger than the memory allowed: its numbers stay in the file</source>
        <translation>{1} 超过允许的内存：数据留在文件中</translation>
    </message>
    <message>
        <source>Matrix Market</source>
        <translation>Matrix Market</translation>
    </message>
    <message>
        <source>&quot;{1}&quot; is no column of this matrix</source>
        <translation>“{1}”不是此矩阵的列</translation>
    </message>
    <message>
        <source>&quot;{1}&quot; is no number</source>
        <translation>“{1}”不是数</translation>
    </message>
    <message>
        <source>&quot;{1}&quot; is no row of this matrix</source>
        <translation>“{1}”不是此矩阵的行</translation>
    </message>
    <message>
        <source>&quot;{1}&quot; is no size</source>
        <translation>“{1}”不是尺寸</translation>
    </message>
    <message>
        <source>a hermitian matrix has complex numbers</source>
        <translation>hermitian 矩阵的元素是复数</translation>
    </message>
    <message>
        <source>a pattern has no signs, so it is not skew-symmetric</source>
        <translation>pattern 没有符号，不能是 skew-symmetric</translation>
    </message>
    <message>
        <source>a side of {1} is too long</source>
        <translation>边长 {1} 太长</translation>
    </message>
    <message>
        <source>an array has numbers, not a pattern</source>
        <translation>array 含数值，不能是 pattern</translation>
    </message>
    <message>
        <source>coordinate or array</source>
        <translation>coordinate 或 array</translation>
    </message>
    <message>
        <source>correct the number in the line of sizes</source>
        <translation>请更正尺寸行中的数目</translation>
    </message>
    <message>
        <source>from 1 to {1}</source>
        <translation>从 1 到 {1}</translation>
    </message>
    <message>
        <source>general, symmetric, skew-symmetric or hermitian</source>
        <translation>general、symmetric、skew-symmetric 或 hermitian</translation>
    </message>
    <message>
        <source>here is more than the {1} entries that are announced</source>
        <translation>此处超出了声明的 {1} 个元素</translation>
    </message>
    <message>
        <source>it does not begin with %%MatrixMarket</source>
        <translation>开头不是 %%MatrixMarket</translation>
    </message>
    <message>
        <source>it holds one matrix and no entry &quot;{1}&quot;</source>
        <translation>它只含一个矩阵，没有条目“{1}”</translation>
    </message>
    <message>
        <source>it is: %%MatrixMarket matrix coordinate real general</source>
        <translation>应为：%%MatrixMarket matrix coordinate real general</translation>
    </message>
    <message>
        <source>it is: rows columns</source>
        <translation>应为：行数 列数</translation>
    </message>
    <message>
        <source>it is: rows columns entries</source>
        <translation>应为：行数 列数 元素数</translation>
    </message>
    <message>
        <source>its array &quot;shape&quot; does not hold two sizes</source>
        <translation>其数组 &quot;shape&quot; 没有两个尺寸</translation>
    </message>
    <message>
        <source>its arrays contradict each other: they are no {1} × {2} matrix in {3}</source>
        <translation>其数组互相矛盾：不构成 {3} 格式的 {1} × {2} 矩阵</translation>
    </message>
    <message>
        <source>no optimum and no spectral error: they take more than a pass over the matrix, which stays in its file</source>
        <translation>没有最优值和谱误差：它们需要多次遍历矩阵，而该矩阵留在文件中</translation>
    </message>
    <message>
        <source>real ones are symmetric</source>
        <translation>实矩阵用 symmetric</translation>
    </message>
    <message>
        <source>real, integer, complex or pattern</source>
        <translation>real、integer、complex 或 pattern</translation>
    </message>
    <message>
        <source>the diagonal of a hermitian matrix is real, and this entry is not</source>
        <translation>hermitian 矩阵的对角线为实数，而此元素不是</translation>
    </message>
    <message>
        <source>the diagonal of a skew-symmetric matrix is zero, and this entry is not</source>
        <translation>skew-symmetric 矩阵的对角线为零，而此元素不为零</translation>
    </message>
    <message>
        <source>the file ends after {1} of {2} entries</source>
        <translation>文件在 {2} 个元素中的第 {1} 个之后结束</translation>
    </message>
    <message>
        <source>the file may be cut off</source>
        <translation>文件可能被截断</translation>
    </message>
    <message>
        <source>the first line does not say what matrix follows</source>
        <translation>首行没有说明后面是什么矩阵</translation>
    </message>
    <message>
        <source>the line of sizes is missing</source>
        <translation>缺少尺寸行</translation>
    </message>
    <message>
        <source>there are no &quot;{1}&quot; numbers</source>
        <translation>没有“{1}”类型的数</translation>
    </message>
    <message>
        <source>there is no format &quot;{1}&quot;</source>
        <translation>没有格式“{1}”</translation>
    </message>
    <message>
        <source>there is no symmetry &quot;{1}&quot;</source>
        <translation>没有对称类型“{1}”</translation>
    </message>
    <message>
        <source>this is no line of sizes</source>
        <translation>这不是尺寸行</translation>
    </message>
    <message>
        <source>this line has {1} fields and an entry has {2}</source>
        <translation>本行有 {1} 个字段，而一个元素应有 {2} 个</translation>
    </message>
    <message>
        <source>{1} entries are announced and the file has room for {2} at most</source>
        <translation>声明了 {1} 个元素，而文件最多容纳 {2} 个</translation>
    </message>
    <message>
        <source>{1} entries are for places that had one already: they were added up</source>
        <translation>{1} 个元素的位置已有元素：已相加</translation>
    </message>
    <message>
        <source>{1} entry is for a place that had one already: they were added up</source>
        <translation>{1} 个元素的位置已有元素：已相加</translation>
    </message>
    <message>
        <source>{1} is the longest</source>
        <translation>最长为 {1}</translation>
    </message>
    <message>
        <source>{1} x {2} is not square, so it has no symmetry</source>
        <translation>{1} x {2} 不是方阵，没有对称性</translation>
    </message>
    <message>
        <source>b: J = S = b, which divides both sides; 0: as rows and cols say</source>
        <translation>b：J = S = b，须整除两边；0：由 rows 和 cols 决定</translation>
    </message>
    <message>
        <source>it does not fit into memory, and its {1} GiB are more than the window reads through</source>
        <translation>它放不进内存，其 {1} GiB 也超出窗口会通读的大小</translation>
    </message>
    <message>
        <source>rankscope-cli approx --method stream passes over it once</source>
        <translation>rankscope-cli approx --method stream 只需通读一遍</translation>
    </message>
</context>
<context>
    <name>rankscope</name>
    <message>
        <source>See low-rank matrix approximation.</source>
        <translation>看见低秩矩阵近似。</translation>
    </message>
    <message>
        <source>A picture, a matrix file, gallery:NAME,… or sample:NAME.</source>
        <translation>图片、矩阵文件、gallery:NAME,… 或 sample:NAME。</translation>
    </message>
    <message>
        <source>The method, by id.</source>
        <translation>方法的标识。</translation>
    </message>
    <message>
        <source>The rank.</source>
        <translation>秩。</translation>
    </message>
    <message>
        <source>The share of energy to keep.</source>
        <translation>要保留的能量比例。</translation>
    </message>
    <message>
        <source>The relative error to stay within.</source>
        <translation>相对误差的上限。</translation>
    </message>
    <message>
        <source>The rank rule: gavish-donoho, elbow or numerical.</source>
        <translation>定秩规则：gavish-donoho、elbow 或 numerical。</translation>
    </message>
    <message>
        <source>A parameter of the method, name=value; may be repeated.</source>
        <translation>方法的参数，name=value；可重复给出。</translation>
    </message>
    <message>
        <source>The seed of random methods.</source>
        <translation>随机方法的种子。</translation>
    </message>
    <message>
        <source>double or float.</source>
        <translation>double 或 float。</translation>
    </message>
    <message>
        <source>rgb, luma, red, green, blue or alpha.</source>
        <translation>rgb、luma、red、green、blue 或 alpha。</translation>
    </message>
    <message>
        <source>Each colour channel by itself.</source>
        <translation>各颜色通道分别处理。</translation>
    </message>
    <message>
        <source>keep-first, keep-last or N,M for more than two axes.</source>
        <translation>多于两个轴时：keep-first、keep-last 或 N,M。</translation>
    </message>
    <message>
        <source>abs, real, imag or stack.</source>
        <translation>abs、real、imag 或 stack。</translation>
    </message>
    <message>
        <source>zero or mean.</source>
        <translation>zero 或 mean。</translation>
    </message>
    <message>
        <source>light or dark; otherwise the system&apos;s.</source>
        <translation>light 或 dark；缺省跟随系统。</translation>
    </message>
    <message>
        <source>en or zh_CN; otherwise what was chosen last, or the system&apos;s.</source>
        <translation>en 或 zh_CN；缺省为上次的选择或系统语言。</translation>
    </message>
    <message>
        <source>Size of the window.</source>
        <translation>窗口大小。</translation>
    </message>
    <message>
        <source>Draw with OpenGL.</source>
        <translation>使用 OpenGL 绘图。</translation>
    </message>
    <message>
        <source>Draw without OpenGL.</source>
        <translation>不使用 OpenGL 绘图。</translation>
    </message>
    <message>
        <source>Write the finished window to a picture and end.</source>
        <translation>将完成的窗口写成图片后退出。</translation>
    </message>
    <message>
        <source>The room to open: matrix or product.</source>
        <translation>要打开的房间：matrix 或 product。</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ColourBar</name>
    <message>
        <source>Colour range</source>
        <translation>颜色范围</translation>
    </message>
    <message>
        <source>Left and Right move the upper end, with Shift the lower end; Delete goes back to the whole range</source>
        <translation>左右方向键移动上端，按住 Shift 移动下端；Delete 恢复全范围</translation>
    </message>
    <message>
        <source>Drag the ends to change the range, double-click for the whole range</source>
        <translation>拖动两端改变范围，双击恢复全范围</translation>
    </message>
    <message>
        <source>Colour range from %1 to %2</source>
        <translation>颜色范围从 %1 到 %2</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Type what to do</source>
        <translation>输入要做的事</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::CompareBook</name>
    <message>
        <source>Compare methods</source>
        <translation>比较方法</translation>
    </message>
    <message>
        <source>Remove the comparison</source>
        <translation>移除比较</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::CompareDialog</name>
    <message>
        <source>Compare methods</source>
        <translation>比较方法</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>It works on real matrices.</source>
        <translation>它只适用于实矩阵。</translation>
    </message>
    <message>
        <source>Ranks</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Ranks to compare at</source>
        <translation>用于比较的秩</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>“%1” is no rank: whole numbers from 1, such as 1, 2, 4, 8</source>
        <translation>“%1”不是秩：应为从 1 开始的整数，例如 1, 2, 4, 8</translation>
    </message>
    <message>
        <source>Tick at least one method.</source>
        <translation>请至少勾选一种方法。</translation>
    </message>
    <message>
        <source>Give at least one rank, such as 1, 2, 4, 8.</source>
        <translation>请至少给出一个秩，例如 1, 2, 4, 8。</translation>
    </message>
    <message>
        <source>At most %1 ranks.</source>
        <translation>最多 %1 个秩。</translation>
    </message>
    <message numerus="yes">
        <source>%n results. A method whose size is no rank gets the largest with as few numbers.</source>
        <translation>
            <numerusform>%n 个结果。规模不是秩的方法取数值个数不超过预算的最大规模。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ComputeService</name>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>Preparing previews</source>
        <translation>正在准备预览</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>正在绘制</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ConvergencePanel</name>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Play the steps from the first</source>
        <translation>从第一步起播放</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>What stands over the steps</source>
        <translation>纵轴的内容</translation>
    </message>
    <message>
        <source>error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>squared excess</source>
        <translation>平方超出量</translation>
    </message>
    <message>
        <source>Convergence; the step is the line</source>
        <translation>收敛；竖线为当前步</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Open a matrix, and choose a method that iterates</source>
        <translation>打开一个矩阵，并选择一种迭代方法</translation>
    </message>
    <message>
        <source>This method does not iterate: choose alternating least squares, for one</source>
        <translation>该方法不迭代：例如可选择交替最小二乘</translation>
    </message>
    <message>
        <source>The steps stand here as soon as they are made</source>
        <translation>各步完成后显示在这里</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>drag the line to choose the step</source>
        <translation>拖动竖线选择步</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>step %1, settled</source>
        <translation>第 %1 步，已稳定</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>of the first colour channel</source>
        <translation>第一个颜色通道</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::EmptyPage</name>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Choose from the gallery…</source>
        <translation>从矩阵库中选择…</translation>
    </message>
    <message>
        <source>or start with</source>
        <translation>或从示例开始</translation>
    </message>
    <message>
        <source>Open the sample %1</source>
        <translation>打开示例 %1</translation>
    </message>
    <message>
        <source>Drop a picture or a matrix here</source>
        <translation>把图片或矩阵拖到这里</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>PNG, JPEG, TIFF, NumPy arrays, tables of numbers — or paste with Ctrl+V</source>
        <translation>PNG、JPEG、TIFF、NumPy 数组、数值表格，或按 Ctrl+V 粘贴</translation>
    </message>
    <message>
        <source>It appears as soon as its first numbers are there</source>
        <translation>读到第一批数值后立即显示</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ErrorTab</name>
    <message>
        <source>Compare methods…</source>
        <translation>比较方法…</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>比较的进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Error against budget</source>
        <translation>误差与预算</translation>
    </message>
    <message>
        <source>The comparison as a table</source>
        <translation>比较结果表</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值个数</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Excess</source>
        <translation>超出</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>the budget: as many numbers as this rank has, r(n + m)</source>
        <translation>预算：与该秩相同的数值个数 r(n + m)</translation>
    </message>
    <message>
        <source>the size of the method itself: rank, block rank</source>
        <translation>方法自身的规模：秩、块秩</translation>
    </message>
    <message>
        <source>over the best possible with as many numbers</source>
        <translation>相对于同样数值个数下的最优值</translation>
    </message>
    <message>
        <source>several methods over a grid of ranks</source>
        <translation>在一组秩上比较多种方法</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>在 %1 处</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>Copy the comparison as command</source>
        <translation>将比较复制为命令</translation>
    </message>
    <message numerus="yes">
        <source>%n results</source>
        <translation>
            <numerusform>%n 个结果</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rankscope::ui::Exporter</name>
    <message>
        <source>matrix</source>
        <translation>矩阵</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::FigureText</name>
    <message>
        <source>Error against rank</source>
        <translation>误差与秩</translation>
    </message>
    <message>
        <source>Error against numbers kept</source>
        <translation>误差与存储量</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>numbers kept</source>
        <translation>存储的数的个数</translation>
    </message>
    <message>
        <source>relative Frobenius error</source>
        <translation>相对 Frobenius 误差</translation>
    </message>
    <message>
        <source>The errors appear here as soon as the exact singular values are known.</source>
        <translation>精确奇异值求出后，误差曲线显示在这里。</translation>
    </message>
    <message>
        <source>optimum</source>
        <translation>最优值</translation>
    </message>
    <message>
        <source>as many as the matrix has</source>
        <translation>与原矩阵一样多</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>Rows and columns in the order chosen</source>
        <translation>选出的行与列（按先后次序）</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>row or column</source>
        <translation>行或列</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Convergence</source>
        <translation>收敛过程</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测值</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>第 %1 层，%2</translation>
    </message>
    <message>
        <source>row of u, column of v</source>
        <translation>u 的行，v 的列</translation>
    </message>
    <message>
        <source>modulus</source>
        <translation>模</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>This layer has no entries.</source>
        <translation>这一层没有元素。</translation>
    </message>
    <message>
        <source>singular values</source>
        <translation>奇异值</translation>
    </message>
    <message>
        <source>singular values of %1</source>
        <translation>%1 的奇异值</translation>
    </message>
    <message>
        <source>ranks %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>error %1</source>
        <translation>误差 %1</translation>
    </message>
    <message>
        <source> (optimum)</source>
        <translation>（最优）</translation>
    </message>
    <message>
        <source> (optimum %1)</source>
        <translation>（最优值 %1）</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>cumulative energy</source>
        <translation>累积能量</translation>
    </message>
    <message>
        <source>Gavish–Donoho %1</source>
        <translation>Gavish–Donoho %1</translation>
    </message>
    <message>
        <source>elbow %1</source>
        <translation>拐点 %1</translation>
    </message>
    <message>
        <source>90 % energy %1</source>
        <translation>90 % 能量 %1</translation>
    </message>
    <message>
        <source>99 % energy %1</source>
        <translation>99 % 能量 %1</translation>
    </message>
    <message>
        <source>numerical rank %1</source>
        <translation>数值秩 %1</translation>
    </message>
    <message>
        <source>shuffled copy</source>
        <translation>打乱的副本</translation>
    </message>
    <message>
        <source>noise edge</source>
        <translation>噪声边界</translation>
    </message>
    <message>
        <source>rank up to %1</source>
        <translation>秩不超过 %1</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>奇异值谱</translation>
    </message>
    <message>
        <source>index i</source>
        <translation>序号 i</translation>
    </message>
    <message>
        <source>singular value σᵢ</source>
        <translation>奇异值 σᵢ</translation>
    </message>
    <message>
        <source>energy kept</source>
        <translation>保留的能量</translation>
    </message>
    <message>
        <source>The singular values appear here as soon as they are computed.</source>
        <translation>奇异值算出后立即显示在这里。</translation>
    </message>
    <message>
        <source>%1, estimated</source>
        <translation>%1（估计值）</translation>
    </message>
    <message>
        <source>Probability of each pair</source>
        <translation>每对的概率</translation>
    </message>
    <message>
        <source>pair</source>
        <translation>列–行对</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>drawn with</source>
        <translation>抽取概率</translation>
    </message>
    <message>
        <source>Two largest singular values of each tile</source>
        <translation>每个分块最大的两个奇异值</translation>
    </message>
    <message>
        <source>tile, by its largest singular value</source>
        <translation>分块（按最大奇异值排序）</translation>
    </message>
    <message>
        <source>singular value</source>
        <translation>奇异值</translation>
    </message>
    <message>
        <source>Error of the mean of the estimates</source>
        <translation>估计均值的误差</translation>
    </message>
    <message>
        <source>estimates averaged</source>
        <translation>参与平均的估计数</translation>
    </message>
    <message>
        <source>‖mean − XY‖</source>
        <translation>‖均值 − XY‖</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>What was proved and what was measured</source>
        <translation>已证明的界与实测值</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>界</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Spectra of A and of its pseudo-inverse</source>
        <translation>A 与其伪逆的奇异值谱</translation>
    </message>
    <message>
        <source>Ridge path to the pseudo-inverse</source>
        <translation>通向伪逆的岭路径</translation>
    </message>
    <message>
        <source>ridge λ</source>
        <translation>岭参数 λ</translation>
    </message>
    <message>
        <source>‖X_λ − A⁺‖₂</source>
        <translation>‖X_λ − A⁺‖₂</translation>
    </message>
    <message>
        <source>This method does not iterate.</source>
        <translation>该方法不迭代。</translation>
    </message>
    <message>
        <source>squared error above the optimum</source>
        <translation>超出最优的平方误差</translation>
    </message>
    <message>
        <source>excess</source>
        <translation>超出量</translation>
    </message>
    <message>
        <source>this method</source>
        <translation>该方法</translation>
    </message>
    <message>
        <source>predicted slope</source>
        <translation>预测斜率</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>已抽取</translation>
    </message>
    <message>
        <source>Error against flops to apply</source>
        <translation>误差与应用所需浮点运算</translation>
    </message>
    <message>
        <source>flops to apply it to a vector</source>
        <translation>作用于一个向量的浮点运算次数</translation>
    </message>
    <message>
        <source>row of a, column of b</source>
        <translation>a 的行，b 的列</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>counted as zero</source>
        <translation>视为零</translation>
    </message>
    <message>
        <source>cut-off %1</source>
        <translation>截断 %1</translation>
    </message>
    <message>
        <source>λ = %1</source>
        <translation>λ = %1</translation>
    </message>
    <message>
        <source>Norm of the pseudo-inverse against the smallest singular value</source>
        <translation>伪逆的范数随最小奇异值的变化</translation>
    </message>
    <message>
        <source>smallest singular value, were it another</source>
        <translation>假设的最小奇异值</translation>
    </message>
    <message>
        <source>‖A⁺‖₂</source>
        <translation>‖A⁺‖₂</translation>
    </message>
    <message>
        <source>Errors of the trials</source>
        <translation>各次试验的误差</translation>
    </message>
    <message>
        <source>trials</source>
        <translation>试验</translation>
    </message>
    <message>
        <source>predicted %1</source>
        <translation>预测 %1</translation>
    </message>
    <message>
        <source>measured %1</source>
        <translation>实测 %1</translation>
    </message>
    <message>
        <source>Expected error against the number of pairs</source>
        <translation>期望误差与对数</translation>
    </message>
    <message>
        <source>relative error</source>
        <translation>相对误差</translation>
    </message>
    <message>
        <source>Nothing computed yet</source>
        <translation>尚未计算</translation>
    </message>
    <message>
        <source>SVD, optimum</source>
        <translation>SVD，最优</translation>
    </message>
    <message>
        <source>equal budget: rank %1</source>
        <translation>同等预算：秩 %1</translation>
    </message>
    <message>
        <source>Probability of each column</source>
        <translation>每列的概率</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>No trials yet: the number of trials says how many draws are compared</source>
        <translation>尚无试验：试验次数决定比较多少次抽取</translation>
    </message>
    <message>
        <source>pairs r, with replacement</source>
        <translation>对数 r，有放回</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::GalleryDialog</name>
    <message>
        <source>Gallery</source>
        <translation>矩阵库</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the gallery</source>
        <translation>搜索矩阵库</translation>
    </message>
    <message>
        <source>Generated matrices</source>
        <translation>生成的矩阵</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source> · complex, modulus shown</source>
        <translation> · 复数，显示模</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::InputCard</name>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Colour as</source>
        <translation>颜色处理</translation>
    </message>
    <message>
        <source>joint RGB</source>
        <translation>RGB 联合</translation>
    </message>
    <message>
        <source>one matrix, the three channels side by side</source>
        <translation>一个矩阵，三个通道左右并排</translation>
    </message>
    <message>
        <source>per channel</source>
        <translation>逐通道</translation>
    </message>
    <message>
        <source>three matrices, each with its own spectrum</source>
        <translation>三个矩阵，各有自己的奇异值谱</translation>
    </message>
    <message>
        <source>luma</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Complex as</source>
        <translation>复数处理</translation>
    </message>
    <message>
        <source>complex</source>
        <translation>复数</translation>
    </message>
    <message>
        <source>modulus</source>
        <translation>模</translation>
    </message>
    <message>
        <source>real part</source>
        <translation>实部</translation>
    </message>
    <message>
        <source>imaginary part</source>
        <translation>虚部</translation>
    </message>
    <message>
        <source>real over imaginary</source>
        <translation>实部在上、虚部在下</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>‖M‖ Frobenius</source>
        <translation>Frobenius 范数 ‖M‖</translation>
    </message>
    <message>
        <source>‖M‖ spectral</source>
        <translation>谱范数 ‖M‖₂</translation>
    </message>
    <message>
        <source>Numerical rank</source>
        <translation>数值秩</translation>
    </message>
    <message>
        <source>Stable rank</source>
        <translation>稳定秩</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>有效秩</translation>
    </message>
    <message>
        <source>Condition number</source>
        <translation>条件数</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 … %2</source>
        <translation>%1 … %2</translation>
    </message>
    <message>
        <source>of the moduli</source>
        <translation>取模后的范围</translation>
    </message>
    <message>
        <source>known when the exact spectrum is</source>
        <translation>求出精确奇异值谱后可知</translation>
    </message>
    <message>
        <source>σ₁</source>
        <translation>σ₁</translation>
    </message>
    <message>
        <source>singular values above rounding</source>
        <translation>高于舍入误差的奇异值个数</translation>
    </message>
    <message>
        <source>‖M‖²_F / σ₁²</source>
        <translation>‖M‖²_F / σ₁²</translation>
    </message>
    <message>
        <source>exp of the entropy of σᵢ / Σσ</source>
        <translation>σᵢ / Σσ 的熵的指数</translation>
    </message>
    <message>
        <source>σ₁ / σₖ</source>
        <translation>σ₁ / σₖ</translation>
    </message>
    <message>
        <source>sparse, %1 entries kept</source>
        <translation>稀疏，保存 %1 个元素</translation>
    </message>
    <message>
        <source>stays in its file</source>
        <translation>留在文件中</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::InputOpener</name>
    <message>
        <source>%1 has changed on disk</source>
        <translation>%1 在磁盘上已更改</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Read differently</source>
        <translation>换一种方式读取</translation>
    </message>
    <message>
        <source>How should it become a matrix?</source>
        <translation>如何把它变成矩阵？</translation>
    </message>
    <message>
        <source>Keep the first axis</source>
        <translation>保留第一个轴</translation>
    </message>
    <message>
        <source>Keep the last axis</source>
        <translation>保留最后一个轴</translation>
    </message>
    <message>
        <source>Choose an array…</source>
        <translation>选择数组…</translation>
    </message>
    <message>
        <source>Choose another file…</source>
        <translation>选择其他文件…</translation>
    </message>
    <message>
        <source>Choose an array</source>
        <translation>选择数组</translation>
    </message>
    <message>
        <source>Array of %1</source>
        <translation>%1 中的数组</translation>
    </message>
    <message>
        <source>Replace by zero</source>
        <translation>用零代替</translation>
    </message>
    <message>
        <source>Replace by the mean</source>
        <translation>用均值代替</translation>
    </message>
    <message>
        <source>It is shown as it is, and cannot be computed with.</source>
        <translation>已按原样显示，但不能用于计算。</translation>
    </message>
    <message>
        <source>There is no picture and no table of numbers to paste</source>
        <translation>剪贴板中没有可粘贴的图片或数值表格</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Entries beyond %1 are drawn as infinite; all numbers beside the pictures are right</source>
        <translation>超过 %1 的元素在图中显示为无穷大；图旁的所有数值都是正确的</translation>
    </message>
    <message>
        <source>Entries below %1 are drawn as zero; all numbers beside the pictures are right</source>
        <translation>小于 %1 的元素在图中显示为零；图旁的所有数值都是正确的</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::InputsPanel</name>
    <message>
        <source>Matrices</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Nothing open yet. Drop a picture or a matrix anywhere on the window.</source>
        <translation>尚未打开任何内容。把图片或矩阵拖到窗口任意位置即可。</translation>
    </message>
    <message>
        <source>Pinned results</source>
        <translation>固定的结果</translation>
    </message>
    <message>
        <source>Pin a result to compare others with it.</source>
        <translation>固定一个结果，以便与其他结果比较。</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>尚未读取</translation>
    </message>
    <message>
        <source>of %1; double click to show it</source>
        <translation>来自 %1；双击显示</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::InversePanel</name>
    <message>
        <source>Pseudo-inverse; the cut-off is the line</source>
        <translation>伪逆；竖线为截断</translation>
    </message>
    <message>
        <source>Plot of the pseudo-inverse</source>
        <translation>伪逆的图</translation>
    </message>
    <message>
        <source>Spectra, mirrored</source>
        <translation>镜像谱</translation>
    </message>
    <message>
        <source>Ridge path</source>
        <translation>岭路径</translation>
    </message>
    <message>
        <source>Norm against the smallest σ</source>
        <translation>范数随最小 σ 的变化</translation>
    </message>
    <message>
        <source>Cut-off / σ₁</source>
        <translation>截断 / σ₁</translation>
    </message>
    <message>
        <source>Cut-off relative to the largest singular value</source>
        <translation>相对于最大奇异值的截断</translation>
    </message>
    <message>
        <source>Singular values up to this share of the largest count as zero</source>
        <translation>不超过最大奇异值这一比例的奇异值视为零</translation>
    </message>
    <message>
        <source>Ridge λ</source>
        <translation>岭 λ</translation>
    </message>
    <message>
        <source>Ridge</source>
        <translation>岭</translation>
    </message>
    <message>
        <source>(AᵀA + λI)⁻¹Aᵀ in place of a cut-off; 0 for none</source>
        <translation>以 (AᵀA + λI)⁻¹Aᵀ 代替截断；0 表示不用</translation>
    </message>
    <message>
        <source>Default cut-off</source>
        <translation>默认截断</translation>
    </message>
    <message>
        <source>max(n, m) times the rounding of a number, no ridge</source>
        <translation>max(n, m) 乘以舍入误差，无岭</translation>
    </message>
    <message>
        <source>Export A⁺…</source>
        <translation>导出 A⁺…</translation>
    </message>
    <message>
        <source>Write the inverse to a file</source>
        <translation>将逆写入文件</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Cut-off</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>‖A⁺‖₂</source>
        <translation>‖A⁺‖₂</translation>
    </message>
    <message>
        <source>Penrose, in units of rounding</source>
        <translation>Penrose 条件，以舍入误差为单位</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Computing the pseudo-inverse…</source>
        <translation>正在计算伪逆…</translation>
    </message>
    <message>
        <source>This input has no pseudo-inverse as it is</source>
        <translation>该输入目前没有伪逆</translation>
    </message>
    <message>
        <source>Open a matrix to see its pseudo-inverse</source>
        <translation>打开一个矩阵以查看其伪逆</translation>
    </message>
    <message>
        <source>Of a matrix of zeros, or of one this large or small, there is no such curve</source>
        <translation>零矩阵，或数值如此大或小的矩阵，没有这条曲线</translation>
    </message>
    <message>
        <source>pseudo-inverse of %1 · rank %2 · cut-off %3 · Rankscope %4</source>
        <translation>%1 的伪逆 · 秩 %2 · 截断 %3 · Rankscope %4</translation>
    </message>
    <message>
        <source>no ridge</source>
        <translation>无岭</translation>
    </message>
    <message>
        <source>drag the line to choose λ</source>
        <translation>拖动竖线选择 λ</translation>
    </message>
    <message>
        <source>drag the line to choose the cut-off</source>
        <translation>拖动竖线选择截断</translation>
    </message>
    <message>
        <source>λ = %1</source>
        <translation>λ = %1</translation>
    </message>
    <message>
        <source>‖X‖₂ = %1</source>
        <translation>‖X‖₂ = %1</translation>
    </message>
    <message>
        <source>rank %1 above %2</source>
        <translation>%2 以上，秩 %1</translation>
    </message>
    <message>
        <source>‖A⁺‖₂ = %1</source>
        <translation>‖A⁺‖₂ = %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>singular values above the cut-off</source>
        <translation>截断以上的奇异值</translation>
    </message>
    <message>
        <source>singular values up to this count as zero</source>
        <translation>不超过此值的奇异值视为零</translation>
    </message>
    <message>
        <source>of the regularised inverse</source>
        <translation>正则化逆的</translation>
    </message>
    <message>
        <source>1 over the smallest kept σ</source>
        <translation>1 除以保留的最小 σ</translation>
    </message>
    <message>
        <source>‖difference‖ over rounding and the norms; a pseudo-inverse has at most %1</source>
        <translation>‖差‖ 除以舍入误差与范数；伪逆最多为 %1</translation>
    </message>
    <message>
        <source>computed when the line rests</source>
        <translation>竖线停下后计算</translation>
    </message>
    <message>
        <source>A ridge is no pseudo-inverse: the equations need not hold, and do as λ goes to 0</source>
        <translation>岭正则化不是伪逆：这些等式不必成立，当 λ 趋于 0 时才成立</translation>
    </message>
    <message>
        <source>Each should be at most %1, and is</source>
        <translation>每个都应不超过 %1，确实如此</translation>
    </message>
    <message>
        <source>Each should be at most %1: what was cut off counts as well</source>
        <translation>每个都应不超过 %1：被截去的部分也计算在内</translation>
    </message>
    <message>
        <source> · of the channels side by side</source>
        <translation> · 各通道并排为一个矩阵</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::LayersPanel</name>
    <message>
        <source>Untick a layer to leave it out</source>
        <translation>取消勾选即可去掉该层</translation>
    </message>
    <message>
        <source>All on</source>
        <translation>全部启用</translation>
    </message>
    <message>
        <source>Turn all layers on</source>
        <translation>启用所有层</translation>
    </message>
    <message>
        <source>Rank-one layers</source>
        <translation>秩一层</translation>
    </message>
    <message>
        <source>Singular vectors of the chosen layer</source>
        <translation>所选层的奇异向量</translation>
    </message>
    <message>
        <source>σ%1 = %2</source>
        <translation>σ%1 = %2</translation>
    </message>
    <message>
        <source>beyond the chosen rank</source>
        <translation>超出所选的秩</translation>
    </message>
    <message>
        <source>The vectors of the chosen layer stand here</source>
        <translation>所选层的奇异向量显示在这里</translation>
    </message>
    <message>
        <source>term %1 · %2</source>
        <translation>第 %1 项 · %2</translation>
    </message>
    <message>
        <source>Frobenius norm of this term</source>
        <translation>该项的 Frobenius 范数</translation>
    </message>
    <message>
        <source>This method has no rank-one layers: choose another method to see some</source>
        <translation>该方法没有秩一层：选择其他方法即可查看</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::MainWindow</name>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Matrix room</source>
        <translation>矩阵室</translation>
    </message>
    <message>
        <source>Drop to open</source>
        <translation>松开即可打开</translation>
    </message>
    <message>
        <source>%1 is not what this session was saved with</source>
        <translation>%1 与保存此会话时的内容不同</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Find the file…</source>
        <translation>查找文件…</translation>
    </message>
    <message>
        <source>Find %1</source>
        <translation>查找 %1</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Find input</source>
        <translation>查找输入</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>%1 — Rankscope</source>
        <translation>%1 — Rankscope</translation>
    </message>
    <message>
        <source>per channel</source>
        <translation>逐通道</translation>
    </message>
    <message>
        <source>joint RGB</source>
        <translation>RGB 联合</translation>
    </message>
    <message>
        <source>complex</source>
        <translation>复数</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Needs a choice</source>
        <translation>需要选择</translation>
    </message>
    <message>
        <source>Preview shown</source>
        <translation>显示的是预览</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Browse the gallery…</source>
        <translation>浏览矩阵库…</translation>
    </message>
    <message>
        <source>Paste picture or numbers</source>
        <translation>粘贴图片或数值</translation>
    </message>
    <message>
        <source>Open sample %1</source>
        <translation>打开示例 %1</translation>
    </message>
    <message>
        <source>Reload input</source>
        <translation>重新加载输入</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>会话另存为…</translation>
    </message>
    <message>
        <source>Remove input</source>
        <translation>移除输入</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy values in view</source>
        <translation>复制可见范围的数值</translation>
    </message>
    <message>
        <source>Copy the plot&apos;s table</source>
        <translation>复制图表数据</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>Pin result</source>
        <translation>固定结果</translation>
    </message>
    <message>
        <source>Factors…</source>
        <translation>因子…</translation>
    </message>
    <message>
        <source>Approximation as picture…</source>
        <translation>近似存为图片…</translation>
    </message>
    <message>
        <source>Plot…</source>
        <translation>图表…</translation>
    </message>
    <message>
        <source>Table of the plot…</source>
        <translation>图表数据…</translation>
    </message>
    <message>
        <source>Show the plot as table…</source>
        <translation>以表格显示图表…</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Explain the method and the numbers</source>
        <translation>解释方法与数值</translation>
    </message>
    <message>
        <source>About Rankscope</source>
        <translation>关于 Rankscope</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Three panes</source>
        <translation>三栏</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>卷帘</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Single pane</source>
        <translation>单栏</translation>
    </message>
    <message>
        <source>Flip between original and approximation</source>
        <translation>在原矩阵与近似之间翻转</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>One entry a pixel</source>
        <translation>一个元素一个像素</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>奇异值谱</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>标签页</translation>
    </message>
    <message>
        <source>Error against budget</source>
        <translation>误差与预算</translation>
    </message>
    <message>
        <source>Rank-1 layers</source>
        <translation>秩一层</translation>
    </message>
    <message>
        <source>Spectrum on log–log axes</source>
        <translation>奇异值谱：双对数坐标</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>Spectrum on semi-log axes</source>
        <translation>奇异值谱：半对数坐标</translation>
    </message>
    <message>
        <source>Spectrum on linear axes</source>
        <translation>奇异值谱：线性坐标</translation>
    </message>
    <message>
        <source>Show or hide the left panel</source>
        <translation>显示或隐藏左侧面板</translation>
    </message>
    <message>
        <source>Show or hide the right panel</source>
        <translation>显示或隐藏右侧面板</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Rank up by one</source>
        <translation>秩加一</translation>
    </message>
    <message>
        <source>Rank down by one</source>
        <translation>秩减一</translation>
    </message>
    <message>
        <source>Rank up by ten</source>
        <translation>秩加十</translation>
    </message>
    <message>
        <source>Rank down by ten</source>
        <translation>秩减十</translation>
    </message>
    <message>
        <source>Rank by Gavish–Donoho</source>
        <translation>按 Gavish–Donoho 取秩</translation>
    </message>
    <message>
        <source>Rank at the elbow</source>
        <translation>在拐点处取秩</translation>
    </message>
    <message>
        <source>Numerical rank</source>
        <translation>数值秩</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Colours as one matrix</source>
        <translation>颜色合为一个矩阵</translation>
    </message>
    <message>
        <source>Joint RGB</source>
        <translation>RGB 联合</translation>
    </message>
    <message>
        <source>Each colour channel by itself</source>
        <translation>各颜色通道分别处理</translation>
    </message>
    <message>
        <source>Per channel</source>
        <translation>逐通道</translation>
    </message>
    <message>
        <source>Compute exactly</source>
        <translation>精确计算</translation>
    </message>
    <message>
        <source>Cancel the computation</source>
        <translation>取消计算</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Undo %1 (Ctrl+Z)</source>
        <translation>撤销“%1”(Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Redo %1 (Ctrl+Shift+Z)</source>
        <translation>重做“%1”(Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>&lt;p&gt;%1&lt;/p&gt;&lt;p&gt;M̂ is the approximation: the sum of the first r terms σᵢuᵢvᵢᵀ. Its relative Frobenius error is ‖M − M̂‖ / ‖M‖, measured on the matrix itself. No matrix of rank r is nearer to M than √(σ²ᵣ₊₁ + σ²ᵣ₊₂ + …): that is the optimum beside every error.&lt;/p&gt;&lt;p&gt;Energy is the share of Σσ² that is kept; numbers kept are those one must store to apply M̂, r(n + m) for a product of two factors.&lt;/p&gt;&lt;p&gt;Source: %2&lt;/p&gt;</source>
        <translation>&lt;p&gt;%1&lt;/p&gt;&lt;p&gt;M̂ 是近似矩阵，即前 r 项 σᵢuᵢvᵢᵀ 之和。它的相对 Frobenius 误差是 ‖M − M̂‖ / ‖M‖，在矩阵本身上实测。任何秩为 r 的矩阵与 M 的距离都不小于 √(σ²ᵣ₊₁ + σ²ᵣ₊₂ + …)，这就是每个误差旁边给出的最优值。&lt;/p&gt;&lt;p&gt;能量是保留部分在 Σσ² 中所占的比例；存储的数是应用 M̂ 时必须存储的数的个数，两个因子之积为 r(n + m)。&lt;/p&gt;&lt;p&gt;来源：%2&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;Rankscope %1&lt;/b&gt;&lt;p&gt;See low-rank and structured matrix approximation.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Rankscope %1&lt;/b&gt;&lt;p&gt;看见低秩与结构化矩阵近似。&lt;/p&gt;&lt;p&gt;自由软件，采用 GNU 通用公共许可证第 3 版或更高版本。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>All that can be opened (%1)</source>
        <translation>所有可打开的文件 (%1)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Nothing opened yet</source>
        <translation>尚未打开过文件</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>清除记录</translation>
    </message>
    <message>
        <source>Rankscope</source>
        <translation>Rankscope</translation>
    </message>
    <message>
        <source>Save the changes to this session?</source>
        <translation>是否保存对此会话的更改？</translation>
    </message>
    <message>
        <source>session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>“%1” was not closed properly (%2)</source>
        <translation>“%1”未正常关闭（%2）</translation>
    </message>
    <message>
        <source>It can be brought back as it was.</source>
        <translation>可以恢复到原来的状态。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Export factors</source>
        <translation>导出因子</translation>
    </message>
    <message>
        <source>Export the approximation as a picture</source>
        <translation>将近似导出为图片</translation>
    </message>
    <message>
        <source>PNG (*.png);;TIFF (*.tif);;JPEG (*.jpg);;WebP (*.webp);;BMP (*.bmp)</source>
        <translation>PNG (*.png);;TIFF (*.tif);;JPEG (*.jpg);;WebP (*.webp);;BMP (*.bmp)</translation>
    </message>
    <message>
        <source>Export plot</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</source>
        <translation>SVG (*.svg);;PDF (*.pdf);;PNG (*.png)</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>CSV (*.csv);;TSV (*.tsv)</source>
        <translation>CSV (*.csv);;TSV (*.tsv)</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>已复制图片</translation>
    </message>
    <message>
        <source>Values copied</source>
        <translation>已复制数值</translation>
    </message>
    <message>
        <source>Table copied</source>
        <translation>已复制表格</translation>
    </message>
    <message>
        <source>Command copied</source>
        <translation>已复制命令</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message numerus="yes">
        <source>%n threads · %1</source>
        <translation>
            <numerusform>%n 线程 · %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Product</source>
        <translation>乘积</translation>
    </message>
    <message>
        <source>Product room</source>
        <translation>乘积室</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Compare methods…</source>
        <translation>比较方法…</translation>
    </message>
    <message>
        <source>Copy the comparison as command</source>
        <translation>将比较复制为命令</translation>
    </message>
    <message>
        <source>Cancel the comparison</source>
        <translation>取消比较</translation>
    </message>
    <message>
        <source>Convergence</source>
        <translation>收敛</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>逆</translation>
    </message>
    <message>
        <source>Error over rank</source>
        <translation>误差随秩变化</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Error over numbers kept</source>
        <translation>误差随保留数值个数变化</translation>
    </message>
    <message>
        <source>Error over flops to apply</source>
        <translation>误差随应用所需浮点运算变化</translation>
    </message>
    <message>
        <source>Replace %1?</source>
        <translation>替换 %1 吗？</translation>
    </message>
    <message>
        <source>Export the pseudo-inverse</source>
        <translation>导出伪逆</translation>
    </message>
    <message>
        <source>inverse</source>
        <translation>逆</translation>
    </message>
    <message>
        <source>Not computed</source>
        <translation>未计算</translation>
    </message>
    <message>
        <source>Estimate as matrix…</source>
        <translation>将估计存为矩阵…</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Export the estimate</source>
        <translation>导出估计</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::MatrixPage</name>
    <message>
        <source>row %1, column %2 · M = %3</source>
        <translation>行 %1，列 %2 · M = %3</translation>
    </message>
    <message>
        <source> · M̂ = %1 · residual %2</source>
        <translation> · M̂ = %1 · 残差 %2</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::MatrixRoomController</name>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能量</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Rank rule</source>
        <translation>定秩规则</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Mute layer</source>
        <translation>关闭层</translation>
    </message>
    <message>
        <source>Unmute layer</source>
        <translation>启用层</translation>
    </message>
    <message>
        <source>Unmute layers</source>
        <translation>启用所有层</translation>
    </message>
    <message>
        <source>Choose input</source>
        <translation>选择输入</translation>
    </message>
    <message>
        <source>Remove input</source>
        <translation>移除输入</translation>
    </message>
    <message>
        <source>Reorder inputs</source>
        <translation>调整输入顺序</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::MonarchChain</name>
    <message>
        <source>M = P L P R, the rows of one residue traced</source>
        <translation>M = P L P R，跟踪同余的各行</translation>
    </message>
    <message>
        <source>rows of residue %1</source>
        <translation>余数为 %1 的各行</translation>
    </message>
    <message>
        <source>%1 blocks %2 × %3</source>
        <translation>%1 个 %2 × %3 的块</translation>
    </message>
    <message>
        <source>L, block diagonal</source>
        <translation>L，分块对角</translation>
    </message>
    <message>
        <source>R, block diagonal</source>
        <translation>R，分块对角</translation>
    </message>
    <message>
        <source>column order</source>
        <translation>列的次序</translation>
    </message>
    <message>
        <source>order</source>
        <translation>次序</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::Pane</name>
    <message>
        <source>How %1 is shown</source>
        <translation>“%1”的显示方式</translation>
    </message>
    <message>
        <source>Colours, scale, range, copy</source>
        <translation>颜色、标度、范围、复制</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::PaneGroup</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Inferno</source>
        <translation>Inferno</translation>
    </message>
    <message>
        <source>Diverging about zero</source>
        <translation>以零为中心的发散色</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Logarithmic, both signs</source>
        <translation>对数（含正负）</translation>
    </message>
    <message>
        <source>Arcsinh</source>
        <translation>反双曲正弦</translation>
    </message>
    <message>
        <source>Least to greatest</source>
        <translation>最小到最大</translation>
    </message>
    <message>
        <source>1 % to 99 %</source>
        <translation>1 % 到 99 %</translation>
    </message>
    <message>
        <source>Symmetric about zero</source>
        <translation>关于零对称</translation>
    </message>
    <message>
        <source>As dragged on the colour bar</source>
        <translation>在色条上拖定的范围</translation>
    </message>
    <message>
        <source>Three panes</source>
        <translation>三栏</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>卷帘</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Single pane</source>
        <translation>单栏</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原矩阵</translation>
    </message>
    <message>
        <source>Approximation</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>标度</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>One entry a pixel</source>
        <translation>一个元素一个像素</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy values in view</source>
        <translation>复制可见范围的数值</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source> · modulus</source>
        <translation> · 模</translation>
    </message>
    <message>
        <source>Rank %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>Original | %1</source>
        <translation>原矩阵 | %1</translation>
    </message>
    <message>
        <source>Not computed</source>
        <translation>未计算</translation>
    </message>
    <message>
        <source>The computation failed</source>
        <translation>计算失败</translation>
    </message>
    <message>
        <source>Not computed yet</source>
        <translation>尚未计算</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>The product itself</source>
        <translation>乘积本身</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::PinBook</name>
    <message>
        <source>Pin result</source>
        <translation>固定结果</translation>
    </message>
    <message>
        <source>Remove pin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Show pinned result</source>
        <translation>显示固定的结果</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::PlotPanel</name>
    <message>
        <source>Plots</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>奇异值谱</translation>
    </message>
    <message>
        <source>Error against budget</source>
        <translation>误差与预算</translation>
    </message>
    <message>
        <source>Rank-1 layers</source>
        <translation>秩一层</translation>
    </message>
    <message>
        <source>Spectrum; the rank is the line</source>
        <translation>奇异值谱；竖线为秩</translation>
    </message>
    <message>
        <source>drag the line to choose the rank</source>
        <translation>拖动竖线选择秩</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>标签页</translation>
    </message>
    <message>
        <source>Axes of the spectrum</source>
        <translation>奇异值谱的坐标轴</translation>
    </message>
    <message>
        <source>log–log</source>
        <translation>双对数</translation>
    </message>
    <message>
        <source>semi-log</source>
        <translation>半对数</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>over rank</source>
        <translation>按秩</translation>
    </message>
    <message>
        <source>over numbers kept</source>
        <translation>按存储量</translation>
    </message>
    <message>
        <source>Plot options</source>
        <translation>图表选项</translation>
    </message>
    <message>
        <source>Reference, table, export</source>
        <translation>参照、表格、导出</translation>
    </message>
    <message>
        <source>Cumulative energy</source>
        <translation>累积能量</translation>
    </message>
    <message>
        <source>Rank rules</source>
        <translation>定秩规则</translation>
    </message>
    <message>
        <source>Spectrum of a shuffled copy</source>
        <translation>打乱副本的奇异值谱</translation>
    </message>
    <message>
        <source>Edge of white noise</source>
        <translation>白噪声边界</translation>
    </message>
    <message>
        <source>Log–log axes</source>
        <translation>双对数坐标</translation>
    </message>
    <message>
        <source>Semi-log axes</source>
        <translation>半对数坐标</translation>
    </message>
    <message>
        <source>Linear axes</source>
        <translation>线性坐标</translation>
    </message>
    <message>
        <source>Over rank</source>
        <translation>按秩</translation>
    </message>
    <message>
        <source>Over numbers kept</source>
        <translation>按存储量</translation>
    </message>
    <message>
        <source>Show as table…</source>
        <translation>以表格显示…</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Export plot…</source>
        <translation>导出图表…</translation>
    </message>
    <message>
        <source>This input has no spectrum as it is</source>
        <translation>此输入按现状没有奇异值谱</translation>
    </message>
    <message>
        <source>Computing the spectrum…</source>
        <translation>正在计算奇异值谱…</translation>
    </message>
    <message>
        <source>The spectrum of what you open stands here</source>
        <translation>打开矩阵后，奇异值谱显示在这里</translation>
    </message>
    <message>
        <source>The error at every rank stands here as soon as the spectrum is known</source>
        <translation>求出奇异值谱后，各个秩的误差显示在这里</translation>
    </message>
    <message>
        <source>rank %1 keeps %2 energy</source>
        <translation>秩 %1 保留 %2 的能量</translation>
    </message>
    <message>
        <source>these ranks keep %1 energy</source>
        <translation>这些秩保留 %1 的能量</translation>
    </message>
    <message>
        <source>σ%1 = %2</source>
        <translation>σ%1 = %2</translation>
    </message>
    <message>
        <source>   σ%1 = %2</source>
        <translation>   σ%1 = %2</translation>
    </message>
    <message>
        <source>in each channel</source>
        <translation>每个通道</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>optimum %1</source>
        <translation>最优值 %1</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Convergence</source>
        <translation>收敛</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>逆</translation>
    </message>
    <message>
        <source>over flops to apply</source>
        <translation>按应用所需浮点运算</translation>
    </message>
    <message>
        <source>Over flops to apply</source>
        <translation>按应用所需浮点运算</translation>
    </message>
    <message>
        <source>rank %1 can keep %2 energy</source>
        <translation>秩 %1 最多可保留 %2 能量</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::PlotView</name>
    <message>
        <source>Plot of %1 over %2.</source>
        <translation>%1 随 %2 变化的图。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n points.</source>
        <translation>
            <numerusform>%1：%n 个点。</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark %1 at %2.</source>
        <translation>标记 %1 位于 %2。</translation>
    </message>
    <message>
        <source>The line stands at %1; arrow keys move it.</source>
        <translation>竖线位于 %1；可用方向键移动。</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ProbabilityBars</name>
    <message>
        <source>Probability of each pair</source>
        <translation>每对的概率</translation>
    </message>
    <message>
        <source>pair %1 · p = %2</source>
        <translation>第 %1 对 · p = %2</translation>
    </message>
    <message>
        <source> · norm product %1</source>
        <translation> · 范数乘积 %1</translation>
    </message>
    <message>
        <source> · drawn %1 ×</source>
        <translation> · 抽中 %1 次</translation>
    </message>
    <message>
        <source>pair i — drag a bar to set its probability · dashes: norm product · dots: drawn</source>
        <translation>第 i 对 — 拖动柱子设定概率 · 虚线：范数乘积 · 圆点：抽中</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>pair i — the largest of those at each place · dots: drawn</source>
        <translation>第 i 对 — 每处显示其中最大者 · 圆点：抽中</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ProductController</name>
    <message>
        <source>Form of the product</source>
        <translation>乘积的形式</translation>
    </message>
    <message>
        <source>Choose Y</source>
        <translation>选择 Y</translation>
    </message>
    <message>
        <source>Choose X</source>
        <translation>选择 X</translation>
    </message>
    <message>
        <source>Swap X and Y</source>
        <translation>交换 X 和 Y</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>试验次数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Open the sample product</source>
        <translation>打开示例乘积</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ProductPage</name>
    <message>
        <source>Factors</source>
        <translation>因子</translation>
    </message>
    <message>
        <source>Form of the product</source>
        <translation>乘积的形式</translation>
    </message>
    <message>
        <source>X · Y</source>
        <translation>X · Y</translation>
    </message>
    <message>
        <source>M · I</source>
        <translation>M · I</translation>
    </message>
    <message>
        <source>Mᵀ · M</source>
        <translation>Mᵀ · M</translation>
    </message>
    <message>
        <source>Left factor</source>
        <translation>左因子</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Y</translation>
    </message>
    <message>
        <source>Right factor</source>
        <translation>右因子</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Swap X and Y</source>
        <translation>交换 X 和 Y</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Gallery…</source>
        <translation>图库…</translation>
    </message>
    <message>
        <source>Show the sample product</source>
        <translation>显示示例乘积</translation>
    </message>
    <message>
        <source>Plot of the trials</source>
        <translation>试验图</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>离散度</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Spread of the error</source>
        <translation>误差分布</translation>
    </message>
    <message>
        <source>Running mean</source>
        <translation>累积均值</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Norm product</source>
        <translation>范数乘积</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>Leverage</source>
        <translation>杠杆</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>Largest r, for sure</source>
        <translation>确定取最大的 r 个</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>With replacement</source>
        <translation>有放回</translation>
    </message>
    <message>
        <source>Without (uniform)</source>
        <translation>无放回（均匀）</translation>
    </message>
    <message>
        <source>Each pair by itself (Poisson)</source>
        <translation>每对独立（泊松）</translation>
    </message>
    <message>
        <source>Winner takes all</source>
        <translation>赢者通吃</translation>
    </message>
    <message>
        <source>Pairs r</source>
        <translation>对数 r</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>试验次数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Play the draws</source>
        <translation>播放抽取</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>root mean square error, relative to ‖XY‖</source>
        <translation>均方根误差，相对于 ‖XY‖</translation>
    </message>
    <message>
        <source>SVD, optimum</source>
        <translation>SVD，最优</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>This estimate</source>
        <translation>本次估计</translation>
    </message>
    <message>
        <source>Root mean square of the trials</source>
        <translation>各次试验的均方根</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>Choose two matrices whose inner sides match</source>
        <translation>请选择内侧维数相同的两个矩阵</translation>
    </message>
    <message>
        <source>This product cannot be shown</source>
        <translation>无法显示这个乘积</translation>
    </message>
    <message>
        <source>Multiplying…</source>
        <translation>正在相乘…</translation>
    </message>
    <message>
        <source>Open, drop or paste them, or take one with itself: M · I, Mᵀ · M</source>
        <translation>打开、拖入或粘贴，或用一个矩阵与自身相乘：M · I，Mᵀ · M</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Least, with replacement</source>
        <translation>有放回的最小值</translation>
    </message>
    <message>
        <source>Uniform, with replacement</source>
        <translation>均匀，有放回</translation>
    </message>
    <message>
        <source>Error of their mean</source>
        <translation>其均值的误差</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>停止播放</translation>
    </message>
    <message>
        <source>Not computed</source>
        <translation>未计算</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>This way of drawing goes by the norms of the pairs, whatever the scheme</source>
        <translation>这种抽取方式只依据各对的范数，与方案无关</translation>
    </message>
    <message>
        <source>The largest pairs are the same every time: often nearer than any draw, but an average of them never comes nearer still.</source>
        <translation>最大的若干对每次都相同：往往比任何一次抽取更近，但对它们取平均不会更近。</translation>
    </message>
    <message numerus="yes">
        <source>Unbiased is not accurate: the mean over draws tends to XY, yet this one estimate of %n pairs is further from XY than the zero matrix is.</source>
        <translation>
            <numerusform>无偏不等于准确：多次抽取的均值趋于 XY，但这一次 %n 对的估计比零矩阵离 XY 更远。</numerusform>
        </translation>
    </message>
    <message>
        <source>The mean over draws tends to XY. Drawn with replacement, no probabilities expect less error than the norm product.</source>
        <translation>多次抽取的均值趋于 XY。有放回抽取时，没有任何概率的期望误差小于范数乘积。</translation>
    </message>
    <message>
        <source>Nothing is drawn, so there is nothing to repeat</source>
        <translation>没有抽取，也就没有可重复的</translation>
    </message>
    <message>
        <source>%1 · I</source>
        <translation>%1 · I</translation>
    </message>
    <message>
        <source>%1ᵀ · %1</source>
        <translation>%1ᵀ · %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ProductStrip</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Y</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Beside the estimate</source>
        <translation>估计旁边</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>刻度</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>One entry a pixel</source>
        <translation>每像素一个元素</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Mᵀ</source>
        <translation>Mᵀ</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>I</source>
        <translation>I</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 of %2 drawn</source>
        <translation>已抽取 %1 / %2</translation>
    </message>
    <message>
        <source>r = %1</source>
        <translation>r = %1</translation>
    </message>
    <message>
        <source>row %1, column %2 · %3 = %4</source>
        <translation>第 %1 行，第 %2 列 · %3 = %4</translation>
    </message>
    <message>
        <source> · estimate %1 · residual %2</source>
        <translation> · 估计 %1 · 残差 %2</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ResultCard</name>
    <message>
        <source>reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not computed</source>
        <translation>未计算</translation>
    </message>
    <message>
        <source>preview, %1 of %2 terms</source>
        <translation>预览，%2 项中的 %1 项</translation>
    </message>
    <message>
        <source>preview (randomized)</source>
        <translation>预览（随机算法）</translation>
    </message>
    <message>
        <source>updating…</source>
        <translation>正在更新…</translation>
    </message>
    <message>
        <source>layers muted</source>
        <translation>有层被关闭</translation>
    </message>
    <message>
        <source>SVD, optimal</source>
        <translation>SVD，最优</translation>
    </message>
    <message>
        <source>randomized</source>
        <translation>随机算法</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Spectral error</source>
        <translation>谱范数误差</translation>
    </message>
    <message>
        <source>Optimum for this size</source>
        <translation>同等规模的最优值</translation>
    </message>
    <message>
        <source>Excess over the optimum</source>
        <translation>超出最优值</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>Numbers kept</source>
        <translation>存储的数</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>压缩率</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>computing exactly…</source>
        <translation>正在精确计算…</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Compute exactly (about %1)</source>
        <translation>精确计算（约 %1）</translation>
    </message>
    <message>
        <source>Compute exactly</source>
        <translation>精确计算</translation>
    </message>
    <message>
        <source>this input cannot be computed with as it is</source>
        <translation>此输入按现状不能用于计算</translation>
    </message>
    <message>
        <source>relative Frobenius error</source>
        <translation>相对 Frobenius 误差</translation>
    </message>
    <message>
        <source>relative Frobenius error with one layer muted</source>
        <translation>相对 Frobenius 误差，一层被关闭</translation>
    </message>
    <message>
        <source>relative Frobenius error with %1 layers muted</source>
        <translation>相对 Frobenius 误差，%1 层被关闭</translation>
    </message>
    <message>
        <source>relative Frobenius error, estimated from the preview</source>
        <translation>相对 Frobenius 误差，由预览估计</translation>
    </message>
    <message>
        <source>relative Frobenius error · the best any rank-%1 matrix can do</source>
        <translation>相对 Frobenius 误差 · 秩 %1 矩阵所能达到的最小值</translation>
    </message>
    <message>
        <source>relative Frobenius error · the best these ranks can do in each channel</source>
        <translation>相对 Frobenius 误差 · 各通道取这些秩时的最小值</translation>
    </message>
    <message>
        <source>relative Frobenius error · the optimum at rank %1 is %2</source>
        <translation>相对 Frobenius 误差 · 秩 %1 的最优值为 %2</translation>
    </message>
    <message>
        <source>relative Frobenius error, measured when the rank rests</source>
        <translation>相对 Frobenius 误差，秩停止变化后实测</translation>
    </message>
    <message>
        <source>‖M − M̂‖₂, measured on the residual</source>
        <translation>‖M − M̂‖₂，在残差上实测</translation>
    </message>
    <message>
        <source>‖M − M̂‖₂</source>
        <translation>‖M − M̂‖₂</translation>
    </message>
    <message>
        <source>measured when the rank rests</source>
        <translation>秩停止变化后实测</translation>
    </message>
    <message>
        <source>Eckart–Young: no matrix of this rank is nearer</source>
        <translation>Eckart–Young 定理：同秩矩阵中没有更接近的</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>numbers stored to apply the approximation, scalings absorbed</source>
        <translation>应用近似所需存储的数的个数，缩放已并入因子</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>entries of the input for each number kept</source>
        <translation>每个存储的数对应的输入元素个数</translation>
    </message>
    <message>
        <source>of the factorisation alone</source>
        <translation>仅分解所用时间</translation>
    </message>
    <message>
        <source>not optimal</source>
        <translation>非最优</translation>
    </message>
    <message>
        <source>the error with muted layers is known only for a singular value decomposition</source>
        <translation>只有奇异值分解才知道静音层后的误差</translation>
    </message>
    <message>
        <source>relative Frobenius error, measured when the size rests</source>
        <translation>相对 Frobenius 误差，大小停下后测量</translation>
    </message>
    <message>
        <source>relative Frobenius error · no matrix of rank %1 has less; measured when the rank rests</source>
        <translation>相对 Frobenius 误差 · 秩 %1 的矩阵不会更小；秩停下后测量</translation>
    </message>
    <message>
        <source>relative Frobenius error, estimated by the method itself</source>
        <translation>相对 Frobenius 误差，由方法自身估计</translation>
    </message>
    <message>
        <source>relative Frobenius error, estimated</source>
        <translation>相对 Frobenius 误差，估计值</translation>
    </message>
    <message>
        <source>relative Frobenius error · with as many numbers the optimum, of rank %1, has %2</source>
        <translation>相对 Frobenius 误差 · 数量相同的最优（秩 %1）为 %2</translation>
    </message>
    <message>
        <source>Eckart–Young, of the rank with as many numbers: %1</source>
        <translation>Eckart–Young，数量相同的秩：%1</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::Session</name>
    <message>
        <source>Rankscope sessions (*%1)</source>
        <translation>Rankscope 会话 (*%1)</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>On the spectrum and the rank slider</source>
        <translation>在奇异值谱和秩滑块上</translation>
    </message>
    <message>
        <source>Rank by one</source>
        <translation>秩变化一</translation>
    </message>
    <message>
        <source>← → or wheel</source>
        <translation>← → 或滚轮</translation>
    </message>
    <message>
        <source>Rank by ten</source>
        <translation>秩变化十</translation>
    </message>
    <message>
        <source>Page keys, Shift + wheel</source>
        <translation>翻页键，Shift + 滚轮</translation>
    </message>
    <message>
        <source>Least and greatest rank</source>
        <translation>最小和最大的秩</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Home、End</translation>
    </message>
    <message>
        <source>Choose a rank</source>
        <translation>选择秩</translation>
    </message>
    <message>
        <source>Click, or drag the line</source>
        <translation>单击，或拖动竖线</translation>
    </message>
    <message>
        <source>On a picture</source>
        <translation>在图像上</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>以光标为中心缩放</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Drag, or arrow keys</source>
        <translation>拖动，或方向键</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Flip between original and approximation</source>
        <translation>在原矩阵与近似之间翻转</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格键</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::SidePanel</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Seed of the random numbers</source>
        <translation>随机数种子</translation>
    </message>
    <message>
        <source>The same seed gives the same result, bit for bit</source>
        <translation>相同的种子得到逐位相同的结果</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Keep energy, per cent of the sum of squared singular values</source>
        <translation>保留能量，占奇异值平方和的百分比</translation>
    </message>
    <message>
        <source>Stay within relative Frobenius error, per cent</source>
        <translation>相对 Frobenius 误差的上限，百分比</translation>
    </message>
    <message>
        <source>Rank rule</source>
        <translation>定秩规则</translation>
    </message>
    <message>
        <source>Gavish–Donoho: the optimal cut under white noise. Elbow: the bend of the spectrum. Numerical: all that is above rounding.</source>
        <translation>Gavish–Donoho：白噪声下的最优截断。拐点：奇异值谱的弯折处。数值：所有高于舍入误差的奇异值。</translation>
    </message>
    <message>
        <source>or keep energy</source>
        <translation>或保留能量</translation>
    </message>
    <message>
        <source>or stay within error</source>
        <translation>或误差不超过</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>The command line that computes this</source>
        <translation>计算此结果的命令行</translation>
    </message>
    <message>
        <source>Pin result</source>
        <translation>固定结果</translation>
    </message>
    <message>
        <source>Keep this result to compare others with</source>
        <translation>保留此结果，以便与其他结果比较</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>What the method does and what the numbers mean</source>
        <translation>方法的作用与数值的含义</translation>
    </message>
    <message>
        <source>Gavish–Donoho</source>
        <translation>Gavish–Donoho</translation>
    </message>
    <message>
        <source>Elbow</source>
        <translation>拐点</translation>
    </message>
    <message>
        <source>Numerical</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>each its own: %1</source>
        <translation>各自取值：%1</translation>
    </message>
    <message>
        <source>Turned into a rank by the exact spectrum; the method itself may keep less at that rank</source>
        <translation>由精确谱换算为秩；方法本身在该秩下可能保留得更少</translation>
    </message>
    <message>
        <source>The method raises its rank until it is that near</source>
        <translation>该方法提高秩，直到误差足够小</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::StatusStrip</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the computation</source>
        <translation>取消计算</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::StructurePanel</name>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Rows and columns in the order chosen</source>
        <translation>按选取次序排列的行和列</translation>
    </message>
    <message>
        <source>Probabilities of the choices</source>
        <translation>选取的概率</translation>
    </message>
    <message>
        <source>Ratio of the two largest singular values of each tile</source>
        <translation>每个分块两个最大奇异值之比</translation>
    </message>
    <message>
        <source>The matrix, tile by tile</source>
        <translation>按分块排列的矩阵</translation>
    </message>
    <message>
        <source>Dark: the tile has rank one; bright: its second singular value is as large as its first</source>
        <translation>深色：该分块秩为一；亮色：第二奇异值与第一奇异值一样大</translation>
    </message>
    <message>
        <source>σ₂/σ₁ by tile</source>
        <translation>各分块的 σ₂/σ₁</translation>
    </message>
    <message>
        <source>M by tiles, real part</source>
        <translation>按分块排列的 M（实部）</translation>
    </message>
    <message>
        <source>M by tiles</source>
        <translation>按分块排列的 M</translation>
    </message>
    <message>
        <source>tiles (%1, ·): rows %1, %2, … · σ₁ from %3 to %4</source>
        <translation>分块 (%1, ·)：行 %1, %2, … · σ₁ 从 %3 到 %4</translation>
    </message>
    <message>
        <source>tile (%1, %2): σ₁ = %3, σ₂ = %4, σ₂/σ₁ = %5</source>
        <translation>分块 (%1, %2)：σ₁ = %3，σ₂ = %4，σ₂/σ₁ = %5</translation>
    </message>
    <message>
        <source>None yet: play, or step on</source>
        <translation>还没有：请播放或前进一步</translation>
    </message>
    <message>
        <source>What a method chose stands here: take id, css, cur or Monarch</source>
        <translation>方法选取的内容显示在这里：请选用 id、css、cur 或 Monarch</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play P → L → P → R</source>
        <translation>播放 P → L → P → R</translation>
    </message>
    <message>
        <source>Play the choices</source>
        <translation>播放选取过程</translation>
    </message>
    <message>
        <source>M = P L P R: rows of one residue share a block of L</source>
        <translation>M = P L P R：同余的行共用 L 的一个块</translation>
    </message>
    <message>
        <source>P brings the rows of one residue together</source>
        <translation>P 把同余的行聚到一起</translation>
    </message>
    <message>
        <source>a block of L mixes them, one output for each block of R</source>
        <translation>L 的一个块将它们混合，为 R 的每个块给出一个输出</translation>
    </message>
    <message>
        <source>P hands one output to each block of R</source>
        <translation>P 把一个输出交给 R 的每个块</translation>
    </message>
    <message>
        <source>each block of R spreads it over its columns</source>
        <translation>R 的每个块把它分布到自己的各列</translation>
    </message>
    <message>
        <source>and the columns go where they were taken from</source>
        <translation>各列回到原来的位置</translation>
    </message>
    <message>
        <source>%1 of %2 chosen</source>
        <translation>已选 %1 / %2</translation>
    </message>
</context>
<context>
    <name>rankscope::ui::TopBar</name>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>矩阵库</translation>
    </message>
    <message>
        <source>Session, view and help</source>
        <translation>会话、视图和帮助</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
</TS>
